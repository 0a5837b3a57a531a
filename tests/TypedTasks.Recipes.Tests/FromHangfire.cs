using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.FromHangfire;

[TaskContract("welcome")]
public interface IWelcome
{
    // [AutomaticRetry(Attempts = 4)] and [Queue("critical")]
    [Task(MaxAttempts = 5, Backoff = "15s..2h", Queue = Queues.Critical)]
    [Idempotent(Key = nameof(reader))]
    ValueTask GreetAsync(int reader, TaskContext context = null!);
}

public static class Queues
{
    [TaskQueue(Concurrency = 10)] public const string Critical = "critical";
}

public sealed class WelcomeWorker(IMail mail) : IWelcome
{
    public async ValueTask GreetAsync(int reader, TaskContext context) =>
        await context.OnceAsync("mail", async cancellationToken => await mail.SendAsync(reader, "Welcome", cancellationToken));
}

public sealed class Registration(ITaskClient<IWelcome> welcome)
{
    public async Task<TaskId> RegisterAsync(int reader)
    {
        // BackgroundJob.Schedule<WelcomeWorker>(w => w.Greet(reader), TimeSpan.FromDays(1))
        TaskHandle<NoResult> task = await welcome.GreetAsync(reader, EnqueueOptions.In(TimeSpan.FromDays(1)));
        return task.Id;
    }
}

public interface IMail
{
    ValueTask SendAsync(int reader, string text, CancellationToken cancellationToken);
}

public sealed class FromHangfireTests
{
    [Fact]
    public async Task The_job_that_moved_runs()
    {
        var mail = new Mail();
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton<IMail>(mail);
            tasks.AddClient<IWelcome>().AddWorker<IWelcome, WelcomeWorker>();
        });

        TaskId task = await new Registration(host.Client<IWelcome>()).RegisterAsync(7);
        await host.AdvanceAsync(TimeSpan.FromHours(23));
        Assert.Empty(mail.Sent);
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal([7], mail.Sent);
        Assert.Equal(TaskState.Succeeded, await host.Services.GetRequiredService<ITaskAdmin>().GetStateAsync(task));
    }

    private sealed class Mail : IMail
    {
        public List<int> Sent { get; } = [];

        public ValueTask SendAsync(int reader, string text, CancellationToken cancellationToken)
        {
            Sent.Add(reader);
            return ValueTask.CompletedTask;
        }
    }
}
