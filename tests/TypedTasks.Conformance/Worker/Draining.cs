using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A worker that stops loses nothing and hurries nobody.</summary>
public abstract class Draining<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task Running_handlers_finish()
    {
        TaskCompletionSource<string> gate = Stage.Hold("running");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("running", default, Cancellation);
        StageRun run = await Soon(Stage.Started("running"));

        Task stopping = worker.StopAsync();
        await Subject.QuietAsync();
        Assert.False(stopping.IsCompleted);
        Assert.False(run.Token.IsCancellationRequested);
        gate.SetResult("finished");

        await Soon(stopping);
        Assert.Equal("finished", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task What_has_not_started_is_handed_back_at_once_and_uncounted()
    {
        TaskCompletionSource<string> gate = Stage.Hold("running");
        WorkerHost worker = await StartWorkerAsync(options =>
        {
            options.Concurrency = 1;
            options.Prefetch = 4;
            options.Lease = TimeSpan.FromMinutes(10);
        });
        await Client.RunAsync("running", default, Cancellation);
        await Soon(Stage.Started("running"));
        IReadOnlyList<TaskHandle<string>> waiting = await Client.EnqueueManyAsync(Enumerable.Repeat(ProbeTasks.Run("waiting"), 4), default, Cancellation);
        await Subject.QuietAsync();

        Task stopping = worker.StopAsync();
        await StartWorkerAsync();
        foreach (TaskHandle<string> task in waiting)
        {
            await Soon(task.ResultAsync(Cancellation));
        }

        Assert.All(Stage.Runs("waiting"), run => Assert.Equal(1, run.Attempt));
        gate.SetResult("finished");
        await Soon(stopping);
    }

    [Fact]
    public async Task A_handler_that_outlasts_the_grace_period_is_told_and_its_task_handed_back_uncounted()
    {
        Stage.On("long", async (context, token) => Stage.Runs("long").Count == 1 ? await new TaskCompletionSource<string>().Task.WaitAsync(token) : $"attempt {context.Attempt}");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("long", default, Cancellation);
        await Soon(Stage.Started("long"));

        await StopAsync(worker);

        Assert.True(Stage.Runs("long")[0].Token.IsCancellationRequested);
        await StartWorkerAsync();
        Assert.Equal("attempt 1", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_handler_that_ignores_its_token_is_given_up_and_the_worker_stops()
    {
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("stuck");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("stuck", default, Cancellation);
        await Soon(Stage.Started("stuck"));

        await StopAsync(worker);

        Stage.On("stuck", (_, _) => new ValueTask<string>("another worker's"));
        await StartWorkerAsync();
        Assert.Equal("another worker's", await Soon(task.ResultAsync(Cancellation)));
        gate.SetResult("far too late");
    }

    [Fact]
    public async Task A_second_stop_is_harmless()
    {
        TaskCompletionSource<string> gate = Stage.Hold("running");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("running", default, Cancellation);
        await Soon(Stage.Started("running"));

        Task first = worker.StopAsync();
        Task second = worker.StopAsync();
        gate.SetResult("finished");
        await Soon(Task.WhenAll(first, second));
        await StopAsync(worker);

        Assert.Equal("finished", await Soon(task.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_host_that_gives_up_ends_the_grace_period()
    {
        Stage.Hold("running");
        WorkerHost worker = await StartWorkerAsync(options => options.ShutdownGrace = TimeSpan.FromHours(1));
        await Client.RunAsync("running", default, Cancellation);
        StageRun run = await Soon(Stage.Started("running"));
        using var host = new CancellationTokenSource();

        Task stopping = worker.StopAsync(host.Token);
        await host.CancelAsync();

        await Soon(stopping);
        Assert.True(run.Token.IsCancellationRequested);
    }

    [Fact]
    public async Task A_stopped_worker_takes_nothing_more()
    {
        WorkerHost worker = await StartWorkerAsync();
        await StopAsync(worker);

        TaskHandle<string> task = await Client.RunAsync("waits", default, Cancellation);
        await Subject.QuietAsync();

        Assert.Equal(TaskState.Queued, await task.StateAsync(Cancellation));
    }
}
