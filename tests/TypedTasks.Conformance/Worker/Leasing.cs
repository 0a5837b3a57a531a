using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A lease is kept while a handler runs, and what lost it changes nothing.</summary>
public abstract class Leasing<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_handler_may_run_longer_than_its_lease()
    {
        TaskCompletionSource<string> gate = Stage.Hold("long");
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("long", default, Cancellation);
        await Soon(Stage.Started("long"));

        await Subject.AdvanceAsync(Lease * 3);
        gate.SetResult("done");

        Assert.Equal("done", await Soon(task.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("long"));
    }

    [Fact]
    public async Task Deliveries_that_wait_for_a_slot_keep_their_leases()
    {
        TaskCompletionSource<string> gate = Stage.Hold("long");
        await StartWorkerAsync(options =>
        {
            options.Concurrency = 1;
            options.Prefetch = 4;
        });
        await Client.RunAsync("long", default, Cancellation);
        await Soon(Stage.Started("long"));
        TaskHandle<string> waiting = await Client.RunAsync("waiting", default, Cancellation);

        await Subject.AdvanceAsync(Lease * 3);
        gate.SetResult("done");

        await Soon(waiting.ResultAsync(Cancellation));
        Assert.Equal(1, Assert.Single(Stage.Runs("waiting")).Attempt);
    }

    [Fact]
    public async Task A_renewal_that_fails_now_and_then_costs_nothing()
    {
        TaskCompletionSource<string> gate = Stage.Hold("long");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("long", default, Cancellation);
        StageRun run = await Soon(Stage.Started("long"));

        worker.Faults.Next(EngineOperation.Renew, EngineFault.Fail, EngineFault.None, EngineFault.LoseAnswer, EngineFault.None, EngineFault.Fail);
        await Subject.AdvanceAsync(Lease * 3);
        gate.SetResult("done");

        Assert.Equal("done", await Soon(task.ResultAsync(Cancellation)));
        Assert.False(run.Token.IsCancellationRequested);
        Assert.Single(Stage.Runs("long"));
    }

    [Fact]
    public async Task A_worker_that_cannot_renew_fires_the_token_and_its_result_is_not_recorded()
    {
        var gate = new TaskCompletionSource<string>();
        Stage.On("work", async (context, _) => context.Attempt == 1 ? await gate.Task : "the second attempt's");
        WorkerHost stale = await StartWorkerAsync(options => options.CancellationGrace = Lease);
        TaskHandle<string> task = await Client.RunAsync("work", default, Cancellation);
        StageRun first = await Soon(Stage.Started("work"));

        stale.Faults.CutOff();
        await StartWorkerAsync();
        StageRun second = await Soon(Stage.Started("work", attempt: 2));
        await Soon(FiredAsync(first.Token));
        stale.Faults.Reconnect();
        gate.SetResult("the first attempt's");

        Assert.Equal("the second attempt's", await Soon(task.ResultAsync(Cancellation)));
        await Subject.QuietAsync();
        Assert.Equal("the second attempt's", await Soon(task.ResultAsync(Cancellation)));
        Assert.True(second.Fence > first.Fence);
    }

    [Fact]
    public async Task A_lease_that_the_engine_took_away_is_noticed_at_the_next_renewal()
    {
        Stage.On("work", async (context, token) => context.Attempt == 1 ? await new TaskCompletionSource<string>().Task.WaitAsync(token) : "the second attempt's");
        WorkerHost worker = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("work", default, Cancellation);
        StageRun first = await Soon(Stage.Started("work"));

        Assert.Equal(1, await worker.DropLeasesAsync());

        Assert.Equal("the second attempt's", await Soon(task.ResultAsync(Cancellation)));
        await Soon(FiredAsync(first.Token));
    }

    [Fact]
    public async Task A_crash_counts_and_a_task_that_always_crashes_its_worker_ends_among_the_dead_letters()
    {
        Stage.HoldStubbornly("poison");
        TaskHandle<string> task = await Client.RunAsync("poison", default, Cancellation);
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            WorkerHost crashed = await StartWorkerAsync();
            await Soon(Stage.Started("poison", attempt));
            crashed.Faults.CutOff();
        }

        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(task);
        Assert.Equal("WorkerCrashed", failed.Failure?.Type);
        StoredDeadLetter letter = await OneDeadLetterAsync();
        Assert.Equal(DeadLetterReason.WorkerCrashed, letter.Note.Reason);
        Assert.Equal(3, letter.Note.Attempts);
        Assert.Equal(3, Stage.Runs("poison").Count);
    }

    [Fact]
    public async Task A_crashed_workers_task_runs_elsewhere_within_its_lease_and_a_second()
    {
        Stage.On("work", async (context, token) => context.Attempt == 1 ? await new TaskCompletionSource<string>().Task.WaitAsync(token) : "rescued");
        WorkerHost crashed = await StartWorkerAsync();
        TaskHandle<string> task = await Client.RunAsync("work", default, Cancellation);
        await Soon(Stage.Started("work"));
        await StartWorkerAsync();

        DateTimeOffset crash = Now;
        crashed.Faults.CutOff();

        Assert.Equal("rescued", await Soon(task.ResultAsync(Cancellation)));
        Assert.InRange(Stage.Runs("work")[1].At - crash, TimeSpan.Zero, Lease + TimeSpan.FromSeconds(1) + Subject.LatestSeen);
    }

    internal static Task FiredAsync(CancellationToken token)
    {
        var fired = new TaskCompletionSource();
        token.Register(() => fired.TrySetResult());
        return fired.Task;
    }
}
