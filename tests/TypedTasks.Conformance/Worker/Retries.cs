using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>What is tried again, when, and how often.</summary>
public abstract class Retries<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_task_that_fails_is_tried_again_after_its_back_off()
    {
        Stage.FailUntil("flaky", attempt: 3);
        await StartWorkerAsync();

        Assert.Equal("flaky", await Soon(await ResultOf(Client.RunAsync("flaky", default, Cancellation))));

        IReadOnlyList<StageRun> runs = Stage.Runs("flaky");
        Assert.Equal([1, 2, 3], runs.Select(run => run.Attempt));
        Assert.InRange(runs[1].At - runs[0].At, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2) + Subject.LatestSeen);
        Assert.InRange(runs[2].At - runs[1].At, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4) + Subject.LatestSeen);
        Assert.True(runs[0].Fence < runs[1].Fence && runs[1].Fence < runs[2].Fence, "Each attempt has a greater fence.");
    }

    [Fact]
    public async Task A_task_that_always_fails_is_tried_as_often_as_its_contract_says()
    {
        Stage.FailUntil("hopeless", attempt: int.MaxValue);
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.RunAsync("hopeless", default, Cancellation));

        Assert.Equal("attempt 3", failed.Failure?.Message);
        Assert.Equal(3, Stage.Runs("hopeless").Count);
    }

    [Fact]
    public async Task A_failure_that_a_retry_cannot_mend_is_not_tried_again()
    {
        Stage.FailUntil("bad", attempt: int.MaxValue, () => new ArgumentOutOfRangeException("number", "a kind of ArgumentException"));
        await StartWorkerAsync();

        await FailsAsync(await Client.PickyAsync("bad", default, Cancellation));

        Assert.Single(Stage.Runs("bad"));
        Assert.Equal(DeadLetterReason.NotTransient, (await OneDeadLetterAsync()).Note.Reason);
    }

    [Fact]
    public async Task A_handler_says_when_it_wants_to_be_tried_again()
    {
        Stage.FailUntil("busy", attempt: 2, () => TaskContext.RetryAfter(TimeSpan.FromSeconds(3), "the other side is busy"));
        await StartWorkerAsync();

        await Soon(await ResultOf(Client.RunAsync("busy", default, Cancellation)));

        IReadOnlyList<StageRun> runs = Stage.Runs("busy");
        Assert.InRange(runs[1].At - runs[0].At, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3) + Subject.LatestSeen);
    }

    [Fact]
    public async Task A_retry_that_a_handler_asks_for_counts()
    {
        Stage.FailUntil("busy", attempt: int.MaxValue, () => TaskContext.RetryAfter(TimeSpan.FromMilliseconds(100), "busy", new TimeoutException("other side")));
        await StartWorkerAsync();

        TaskFailedException failed = await FailsAsync(await Client.RunAsync("busy", default, Cancellation));

        Assert.Equal("System.TimeoutException", failed.Failure?.Type);
        Assert.Equal(3, Stage.Runs("busy").Count);
    }

    [Fact]
    public async Task A_snooze_does_not_count()
    {
        int snoozes = 0;
        Stage.On("early", (_, _) => ++snoozes <= 4 ? throw TaskContext.Snooze(TimeSpan.FromMilliseconds(500)) : new ValueTask<string>("now"));
        await StartWorkerAsync();

        Assert.Equal("now", await Soon(await ResultOf(Client.RunAsync("early", default, Cancellation))));

        Assert.All(Stage.Runs("early"), run => Assert.Equal(1, run.Attempt));
        Assert.Equal(5, Stage.Runs("early").Count);
    }

    [Fact]
    public async Task A_delay_without_end_does_not_harm_the_worker()
    {
        Stage.On("for ever", (_, _) => throw TaskContext.Snooze(TimeSpan.MaxValue));
        await StartWorkerAsync(options => options.Concurrency = 1);
        TaskHandle<string> sleeping = await Client.RunAsync("for ever", default, Cancellation);
        await Soon(Stage.Started("for ever"));

        Assert.Equal("next", await Soon(await ResultOf(Client.RunAsync("next", default, Cancellation))));
        Assert.NotEqual(TaskState.Running, await sleeping.StateAsync(Cancellation));
    }

    private async Task<Task<T>> ResultOf<T>(ValueTask<TaskHandle<T>> enqueueing) => (await enqueueing).ResultAsync(Cancellation).AsTask();
}
