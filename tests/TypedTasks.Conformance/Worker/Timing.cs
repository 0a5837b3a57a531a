using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>Nothing runs before its time, and nothing starts after it.</summary>
public abstract class Timing<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_delayed_task_runs_after_its_delay()
    {
        await StartWorkerAsync();
        DateTimeOffset start = Now;

        TaskHandle<string> task = await Client.RunAsync("later", EnqueueOptions.In(TimeSpan.FromSeconds(2)), Cancellation);

        await Soon(task.ResultAsync(Cancellation));
        Assert.InRange(Stage.Runs("later")[0].At - start, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2) + Subject.LatestSeen);
    }

    [Fact]
    public async Task A_task_for_an_instant_runs_then()
    {
        await StartWorkerAsync();
        DateTimeOffset instant = Now + TimeSpan.FromSeconds(2);

        TaskHandle<string> task = await Client.RunAsync("then", EnqueueOptions.At(instant), Cancellation);

        await Soon(task.ResultAsync(Cancellation));
        Assert.InRange(Stage.Runs("then")[0].At, instant, instant + Subject.LatestSeen);
    }

    [Fact]
    public async Task An_instant_that_has_passed_is_now()
    {
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.RunAsync("at once", EnqueueOptions.At(Now - TimeSpan.FromDays(1)), Cancellation);

        Assert.Equal("at once", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_task_that_starts_in_time_is_not_expired_by_running_long()
    {
        TaskCompletionSource<string> gate = Stage.Hold("long");
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("long", new EnqueueOptions { ExpiresIn = TimeSpan.FromSeconds(1) }, Cancellation);
        await Soon(Stage.Started("long"));

        await Subject.AdvanceAsync(TimeSpan.FromSeconds(3));
        gate.SetResult("done");

        Assert.Equal("done", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_retry_that_comes_after_the_expiry_does_not_start_and_says_why()
    {
        Stage.On("late", (_, _) => throw TaskContext.RetryAfter(TimeSpan.FromSeconds(3), "later"));
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.RunAsync("late", new EnqueueOptions { ExpiresIn = TimeSpan.FromSeconds(2) }, Cancellation);

        TaskFailedException failed = await FailsAsync(task);
        Assert.Equal(TaskState.Expired, failed.State);
        Assert.Contains("attempt 2 would have started later", failed.Failure?.Message, StringComparison.Ordinal);
        Assert.Single(Stage.Runs("late"));
    }

    [Fact]
    public async Task A_task_that_expires_while_its_key_is_asked_for_does_not_start_and_lets_the_key_go()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Always(EngineOperation.Write, EngineFault.After(TimeSpan.FromSeconds(2)));
        string key = $"k{Guid.NewGuid():N}";

        TaskHandle<string> late = await Client.KeyedAsync(key, "late", new EnqueueOptions { ExpiresIn = TimeSpan.FromSeconds(1) }, Cancellation);

        Assert.Equal(TaskState.Expired, (await FailsAsync(late)).State);
        Assert.Empty(Stage.Runs("late"));
        worker.Faults.Clear();
        TaskHandle<string> next = await Client.KeyedAsync(key, "next", default, Cancellation);
        Assert.Equal("next", await Soon(next.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_delayed_task_is_not_born_expired()
    {
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.RunAsync("later", new EnqueueOptions { Delay = TimeSpan.FromSeconds(2), ExpiresIn = TimeSpan.FromSeconds(1.5) }, Cancellation);

        Assert.Equal("later", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task The_callers_deadline_keeps_a_task_from_starting()
    {
        TaskHandle<string> task = await Client.RunAsync("late", new EnqueueOptions { Deadline = Now + TimeSpan.FromSeconds(1) }, Cancellation);
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1.5));
        await StartWorkerAsync();

        Assert.Equal(TaskState.Expired, (await FailsAsync(task)).State);
        Assert.Empty(Stage.Runs("late"));
    }

    [Fact]
    public async Task The_callers_deadline_ends_an_attempt()
    {
        Stage.Hold("late");
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.RunAsync("late", new EnqueueOptions { Deadline = Now + TimeSpan.FromSeconds(2) }, Cancellation);

        Assert.Equal(TaskState.Expired, (await FailsAsync(task)).State);
        Assert.True(Assert.Single(Stage.Runs("late")).Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_deadline_at_the_end_of_time_is_none()
    {
        Stage.Hold("endless").SetResult("done");
        await StartWorkerAsync();

        TaskHandle<string> task = await Client.RunAsync("endless", new EnqueueOptions { Deadline = DateTimeOffset.MaxValue }, Cancellation);

        Assert.Equal("done", await Soon(task.ResultAsync(Cancellation)));
        Assert.False(Stage.Runs("endless")[0].Token.IsCancellationRequested);
    }
}
