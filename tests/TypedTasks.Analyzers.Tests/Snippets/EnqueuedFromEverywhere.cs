// Enqueued in a minimal endpoint, in a timer's callback, in a constructor, in LINQ that nobody runs, and by a hosted service.
using Microsoft.Extensions.Hosting;

namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message);
}

public sealed class Starter
{
    private readonly Timer _timer;

    public Starter(ITaskClient<IMail> mail)
    {
        _timer = new Timer(_ => {|TT701:mail.SendAsync(Guid.Empty)|}, null, 0, 1_000);
        {|TT701:mail.SendAsync(Guid.Empty)|};
    }

    public void Stop() => _timer.Dispose();
}

public sealed class Sweeper(ITaskClient<IMail> mail, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(TimeSpan.FromMinutes(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await mail.SendAsync(Guid.Empty, cancellationToken: stoppingToken).ConfigureAwait(false);
        }
    }
}

public static class Endpoints
{
    public static Func<Guid, ITaskClient<IMail>, Task<string>> Post { get; } = async (message, mail) =>
    {
        TaskHandle<NoResult> handle = await mail.SendAsync(message);
        return $"/mails/{handle.Id}";
    };

    public static Task<TaskHandle<NoResult>[]> AllAsync(ITaskClient<IMail> mail, IEnumerable<Guid> messages) =>
        Task.WhenAll(from message in messages select mail.SendAsync(message).AsTask());

    public static async Task<int> CountAsync(ITaskClient<IMail> mail, Guid[] messages)
    {
        IReadOnlyList<TaskHandle<NoResult>> handles = await mail.EnqueueManyAsync(messages.Select(MailTasks.Send));
        return handles.Count;
    }
}
