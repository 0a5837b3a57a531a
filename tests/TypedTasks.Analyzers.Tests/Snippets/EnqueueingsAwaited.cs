// Every way to wait for an enqueueing, or to leave that to others.
namespace Shop;

[TaskContract]
public interface IMail
{
    [Task, Idempotent] ValueTask SendAsync(Guid message);

    [Task, Idempotent] ValueTask DropAsync(Guid message);
}

public sealed class Checkout(ITaskClient<IMail> mail)
{
    private readonly List<Task> _pending = [];
    private Task? _last;

    public ValueTask<TaskHandle<NoResult>> ChooseAsync(Guid message, bool isGone) => isGone switch
    {
        true => mail.DropAsync(message),
        _ => mail.SendAsync(message),
    };

    public async Task<string> TimedAsync(Guid message)
    {
        TaskHandle<NoResult> handle = await mail.SendAsync(message).AsTask().WaitAsync(TimeSpan.FromSeconds(2)).ConfigureAwait(false);
        return handle.Id.ToString();
    }

    public async Task AllAsync(IEnumerable<Guid> messages)
    {
        Task<TaskHandle<NoResult>>[] sent = messages.Select(message => mail.SendAsync(message).AsTask()).ToArray();
        await Task.WhenAll(sent);
        foreach (Task<TaskHandle<NoResult>> one in sent)
        {
            Console.WriteLine((await one).Id);
        }
    }

    public void Later(Guid message)
    {
        _pending.Add(mail.SendAsync(message).AsTask());
        _last = mail.DropAsync(message).AsTask();
    }

    public Func<Guid, ValueTask<TaskHandle<NoResult>>> Sender() => message => mail.SendAsync(message);

    public async ValueTask GuardedAsync(Guid message)
    {
        ValueTask<TaskHandle<NoResult>> sending = mail.SendAsync(message);
        try
        {
            await _last!;
        }
        finally
        {
            await sending;
        }
    }
}
