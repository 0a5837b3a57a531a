using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A task that is not wanted any more.</summary>
public abstract class Cancelling<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_waiting_task_does_not_run()
    {
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);

        Assert.True(await task.CancelAsync(Cancellation));
        await StartWorkerAsync();

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        Assert.Empty(Stage.Runs("unwanted"));
    }

    [Fact]
    public async Task A_running_tasks_token_fires()
    {
        Stage.Hold("unwanted");
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);
        StageRun run = await Soon(Stage.Started("unwanted"));

        Assert.True(await task.CancelAsync(Cancellation));

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        Assert.True(run.Token.IsCancellationRequested);
        Assert.Single(Stage.Runs("unwanted"));
    }

    [Fact]
    public async Task A_running_task_that_does_not_stop_is_given_up()
    {
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("unwanted");
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);
        await Soon(Stage.Started("unwanted"));

        await task.CancelAsync(Cancellation);

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        gate.SetResult("too late");
    }

    [Fact]
    public async Task A_task_that_waits_for_its_retry_is_cancelled()
    {
        Stage.On("unwanted", (_, _) => throw TaskContext.RetryAfter(TimeSpan.FromSeconds(2), "later"));
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);
        await Soon(Stage.Started("unwanted"));
        await UntilStateAsync(task, TaskState.Retrying);

        await task.CancelAsync(Cancellation);

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        Assert.Single(Stage.Runs("unwanted"));
    }

    [Fact]
    public async Task A_cancellation_outlives_the_workers()
    {
        TaskHandle<string> task = await Client.RunAsync("unwanted", EnqueueOptions.In(TimeSpan.FromSeconds(3)), Cancellation);
        WorkerHost first = await StartWorkerAsync();
        await task.CancelAsync(Cancellation);
        await StopAsync(first);
        await StartWorkerAsync();

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        Assert.Empty(Stage.Runs("unwanted"));
    }

    [Fact]
    public async Task A_worker_that_missed_the_broadcast_reads_the_cancellation_later()
    {
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("unwanted", EnqueueOptions.In(TimeSpan.FromMinutes(1)), Cancellation);
        Assert.SkipWhen(Subject.Time == TimeProvider.System, "A minute of real time is too long.");
        worker.Faults.CutOff();
        await task.CancelAsync(Cancellation);
        worker.Faults.Reconnect();

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        Assert.Empty(Stage.Runs("unwanted"));
    }

    [Fact]
    public async Task A_task_that_has_ended_is_not_cancelled()
    {
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("done", default, Cancellation);
        await Soon(task.ResultAsync(Cancellation));

        Assert.False(await task.CancelAsync(Cancellation));
        Assert.Equal(TaskState.Succeeded, await task.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_cancellation_is_forgotten_when_the_task_has_ended_however_it_ends()
    {
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("unwanted");
        WorkerHost worker = await StartWorkerAsync(options => options.CancellationGrace = Subject.Lease);
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);
        StageRun run = await Soon(Stage.Started("unwanted"));
        await task.CancelAsync(Cancellation);
        await Soon(Leasing<TEngine>.FiredAsync(run.Token));

        gate.SetResult("done all the same");

        Assert.Equal("done all the same", await Soon(task.ResultAsync(Cancellation)));
        await StopAsync(worker);
        long start = Environment.TickCount64;
        while (await Engine.State.GetAsync($"c:{task.Id}", Cancellation) is not null)
        {
            Assert.True(Environment.TickCount64 - start < 20_000, "The cancellation is still remembered.");
            await Subject.QuietAsync();
        }
    }

    [Fact]
    public async Task The_cancellation_of_one_task_is_not_that_of_the_next()
    {
        Stage.Hold("unwanted");
        await StartWorkerAsync(options => options.Concurrency = 1);
        TaskHandle<string> task = await Client.RunAsync("unwanted", default, Cancellation);
        await Soon(Stage.Started("unwanted"));
        await task.CancelAsync(Cancellation);
        await FailsAsync(task);

        TaskHandle<string> next = await Client.RunAsync("next", default, Cancellation);

        Assert.Equal("next", await Soon(next.ResultAsync(Cancellation)));
        Assert.False(Stage.Runs("next")[0].Token.IsCancellationRequested);
    }
}
