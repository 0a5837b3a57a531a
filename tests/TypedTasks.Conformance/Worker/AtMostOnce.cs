using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A task that must not be repeated is not, whatever happens.</summary>
public abstract class AtMostOnce<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task It_runs_and_returns_like_any_other()
    {
        await StartWorkerAsync();

        Assert.Equal("push", await Soon((await Client.FragileAsync("push", default, Cancellation)).ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_failure_is_final_and_not_kept()
    {
        Stage.FailUntil("push", attempt: int.MaxValue);
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.FragileAsync("push", default, Cancellation));

        Assert.Equal(TaskState.Failed, failed.State);
        Assert.Single(Stage.Runs("push"));
        Assert.Empty(await DeadLettersAsync());
    }

    [Fact]
    public async Task A_crash_is_final()
    {
        Stage.Hold("push");
        WorkerHost crashed = await StartWorkerAsync();
        TaskHandle<string> task = await Client.FragileAsync("push", default, Cancellation);
        await Soon(Stage.Started("push"));

        crashed.Faults.CutOff();
        await StartWorkerAsync();

        Assert.Equal(TaskState.Failed, (await FailsAsync(task)).State);
        Assert.Single(Stage.Runs("push"));
    }

    [Fact]
    public async Task A_handler_that_was_given_up_and_ended_later_does_not_make_it_start_again()
    {
        var gate = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        Stage.On("push", async (_, _) =>
        {
            await gate.Task;
            ended.SetResult();
            return "far too late";
        });
        await StartWorkerAsync();
        TaskHandle<string> task = await Client.FragileAsync("push", default, Cancellation);
        await Soon(Stage.Started("push"));
        await Soon(task.CancelAsync(Cancellation));
        Assert.Equal(TaskState.Cancelled, (await FailsAsync(task)).State);
        gate.SetResult();
        await Soon(ended.Task);
        await Subject.QuietAsync();

        // As a broker delivers it that has forgotten its end; one that still knows the id of a message takes it for a duplicate.
        await Soon(task.ForgetAsync(Cancellation).AsTask());
        TaskHandle<string> again = await Client.FragileAsync("push", EnqueueOptions.WithId(task.Id), Cancellation);
        if (!again.IsDuplicate)
        {
            await FailsAsync(again);
        }

        Assert.NotNull(await Engine.State.GetAsync($"a:{task.Id}", Cancellation));
        Assert.Single(Stage.Runs("push"));
    }

    [Fact]
    public async Task It_is_not_snoozed_into_a_second_run()
    {
        Stage.On("push", (_, _) => throw TaskContext.Snooze(TimeSpan.FromSeconds(1)));
        await StartWorkerAsync();

        Assert.Equal(TaskState.Failed, (await FailsAsync(await Client.FragileAsync("push", default, Cancellation))).State);
        Assert.Single(Stage.Runs("push"));
    }

    [Fact]
    public async Task What_was_handed_back_before_it_started_still_runs()
    {
        TaskCompletionSource<string> gate = Stage.Hold("first");
        WorkerHost leaving = await StartWorkerAsync(options => options.Concurrency = 1);
        await Client.RunAsync("first", default, Cancellation);
        await Soon(Stage.Started("first"));
        TaskHandle<string> task = await Client.FragileAsync("push", default, Cancellation);
        await Subject.QuietAsync();

        Task stopping = leaving.StopAsync();
        gate.SetResult("done");
        await Soon(stopping);
        await StartWorkerAsync();

        Assert.Equal("push", await Soon(task.ResultAsync(Cancellation)));
    }
}
