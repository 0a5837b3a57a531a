using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A chain goes on where a step succeeded, once, whatever is delivered twice.</summary>
public abstract class Chaining<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private ITaskCanvas Enqueuer => Producer.Canvas;

    [Fact]
    public async Task Each_step_is_given_the_result_of_the_one_before()
    {
        await StartWorkerAsync();
        Stage.On("first", (_, _) => new ValueTask<string>("second"));
        Stage.On("second", (_, _) => new ValueTask<string>("third"));

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(
            Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.RunLink()).Then(ProbeTasks.RunLink()), default, Cancellation);

        Assert.Equal("third", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("second"));
        Assert.Equal(chain.Id, Assert.Single(Stage.Runs("third")).Id);
        Assert.Equal(TaskState.Succeeded, await chain.StateAsync(Cancellation));
    }

    [Fact]
    public async Task Other_arguments_are_those_that_were_given_and_a_whole_call_is_given_nothing()
    {
        await StartWorkerAsync();

        TaskHandle<int> added = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Add(1, 2)).Then(ProbeTasks.AddLink(10)), default, Cancellation);
        TaskHandle<string> whole = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Note("noted")).Then(ProbeTasks.Run("whole")), default, Cancellation);

        Assert.Equal(13, await Soon(added.ResultAsync(Cancellation)));
        Assert.Equal("whole", await Soon(whole.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("noted"));
    }

    [Fact]
    public async Task A_step_that_fails_for_good_is_told_to_whoever_waits_and_nothing_behind_it_runs()
    {
        await StartWorkerAsync();
        Stage.FailUntil("fails", attempt: int.MaxValue, () => new DeadLetterException("no use"));

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(
            Canvas.Chain(ProbeTasks.Run("fails")).Then(ProbeTasks.RunLink()).Then(ProbeTasks.Run("never")), default, Cancellation);
        TaskFailedException failed = await FailsAsync(chain);

        Assert.Equal(Assert.Single(Stage.Runs("fails")).Id, failed.Id);
        Assert.Equal("probe.run", failed.TaskName);
        Assert.Equal(TaskState.DeadLettered, failed.State);
        Assert.Equal("no use", failed.Failure?.Message);
        Assert.Equal(TaskState.DeadLettered, await chain.StateAsync(Cancellation));
        Assert.Empty(Stage.Runs("never"));
    }

    [Fact]
    public async Task A_step_that_is_requeued_goes_on_from_there()
    {
        await StartWorkerAsync();
        Stage.FailUntil("flaky", attempt: int.MaxValue, () => new DeadLetterException("not yet"));
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("flaky")).Then(ProbeTasks.Run("after")), default, Cancellation);
        TaskFailedException failed = await FailsAsync(chain);
        await OneDeadLetterAsync();

        Stage.On("flaky", (_, _) => new ValueTask<string>("well"));
        Assert.True(await Soon(Producer.Admin.RequeueAsync(Lane, failed.Id, Cancellation)));

        Assert.Equal("after", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("after"));
    }

    [Fact]
    public async Task A_handle_by_id_in_another_process_follows_a_step_that_is_not_enqueued_yet()
    {
        TaskCompletionSource<string> gate = Stage.Hold("first");
        await StartWorkerAsync();
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.RunLink()), default, Cancellation);
        WorkerHost other = await StartProducerAsync();
        TaskHandle<string> elsewhere = other.Client.RunHandle(chain.Id);
        await Soon(Stage.Started("first"));

        await UntilStateAsync(elsewhere, TaskState.Running);
        Task<string> waiting = elsewhere.ResultAsync(Cancellation).AsTask();
        Assert.False(waiting.IsCompleted);
        await Assert.ThrowsAsync<TaskWaitTimeoutException>(() => Soon(elsewhere.ResultAsync(TimeSpan.Zero, Cancellation)));
        gate.SetResult("second");

        Assert.Equal("second", await Soon(waiting));
    }

    [Fact]
    public async Task A_canvas_whose_last_step_is_enqueued_leaves_no_plan_behind()
    {
        TaskCompletionSource<string> gate = Stage.Hold("first");
        await StartWorkerAsync();

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.Run("last")), default, Cancellation);
        Assert.NotNull(await Engine.State.GetAsync($"v:{chain.Id}", Cancellation));
        gate.SetResult("done");
        await Soon(chain.ResultAsync(Cancellation));

        for (long start = Environment.TickCount64; await Engine.State.GetAsync($"v:{chain.Id}", Cancellation) is not null; await Subject.QuietAsync())
        {
            Assert.True(Environment.TickCount64 - start < 20_000, "The plan stays.");
        }
    }

    [Fact]
    public async Task Cancelling_a_chain_cancels_what_runs_and_what_is_still_to_come()
    {
        Stage.Hold("held");
        await StartWorkerAsync();
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("held")).Then(ProbeTasks.Run("never")), default, Cancellation);
        await Soon(Stage.Started("held"));

        Assert.True(await Soon(chain.CancelAsync(Cancellation)));

        Assert.Equal(TaskState.Cancelled, (await FailsAsync(chain)).State);
        Assert.Empty(Stage.Runs("never"));
    }

    [Fact]
    public async Task The_same_canvas_under_the_same_id_is_one()
    {
        await StartWorkerAsync();
        EnqueueOptions options = EnqueueOptions.WithId(TaskId.New());
        TaskChain<string> chain = Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.Run("last"));

        TaskHandle<string> first = await Enqueuer.EnqueueAsync(chain, options, Cancellation);
        Assert.Equal("last", await Soon(first.ResultAsync(Cancellation)));
        TaskHandle<string> second = await Enqueuer.EnqueueAsync(chain, options, Cancellation);

        Assert.Equal("last", await Soon(second.ResultAsync(Cancellation)));
        Assert.Equal((options.Id, false), (first.Id, first.IsDuplicate));
        Assert.Equal((options.Id, true), (second.Id, second.IsDuplicate));
        Assert.Single(Stage.Runs("first"));
        Assert.Single(Stage.Runs("last"));
    }

    [Fact]
    public async Task A_delay_holds_for_the_first_step_and_headers_for_all()
    {
        await StartWorkerAsync();
        var seen = new List<string?>();
        foreach (string label in new[] { "first", "last" })
        {
            Stage.On(label, (context, _) =>
            {
                seen.Add(context.Headers.GetValueOrDefault("tenant"));
                return new ValueTask<string>("last");
            });
        }

        DateTimeOffset begun = Now;
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(
            Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.RunLink()),
            EnqueueOptions.In(TimeSpan.FromSeconds(1)) with { Headers = new Dictionary<string, string> { ["tenant"] = "a" } },
            Cancellation);
        await Soon(chain.ResultAsync(Cancellation));

        Assert.Equal(["a", "a"], seen);
        DateTimeOffset first = Assert.Single(Stage.Runs("first")).At;
        Assert.True(first - begun >= TimeSpan.FromMilliseconds(950), $"The first step began after {first - begun}.");
    }

    [Fact]
    public async Task What_follows_is_enqueued_once_however_often_the_engine_does_not_answer()
    {
        WorkerHost worker = await StartWorkerAsync();
        worker.Faults.Next(EngineOperation.Publish, EngineFault.LoseAnswer, EngineFault.Fail, EngineFault.LoseAnswer);

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.Run("last")), default, Cancellation);

        Assert.Equal("last", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("first"));
        Assert.Single(Stage.Runs("last"));
    }

    [Fact]
    public async Task A_step_that_is_delivered_again_does_not_run_what_follows_again()
    {
        WorkerHost lost = await StartWorkerAsync();
        lost.Faults.Always(EngineOperation.Settle, EngineFault.Fail);
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.Note("last")).Then(ProbeTasks.Run("end")), default, Cancellation);
        await Soon(Stage.Started("first"));
        await Soon(Stage.Started("last"));
        await Soon(Stage.Started("end"));
        lost.Faults.CutOff();
        await Subject.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        await StartWorkerAsync();

        Assert.Equal("end", await Soon(chain.ResultAsync(Cancellation)));
        await UntilIdleAsync();
        foreach (string label in new[] { "first", "last", "end" })
        {
            Assert.Equal([1, 2], Stage.Runs(label).Select(run => run.Attempt));
            Assert.Single(Stage.Runs(label).Select(run => run.Id).Distinct());
        }
    }

    [Fact]
    public async Task A_key_that_was_completed_before_gives_its_result_to_the_next_step()
    {
        await StartWorkerAsync();
        string key = $"k{Guid.NewGuid():N}";
        Stage.On("work", (_, _) => new ValueTask<string>("next"));
        await Soon((await Client.KeyedAsync(key, "work", default, Cancellation)).ResultAsync(Cancellation));

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Keyed(key, "work")).Then(ProbeTasks.RunLink()), default, Cancellation);

        Assert.Equal("next", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
        Assert.Single(Stage.Runs("next"));
    }

    [Fact]
    public async Task A_keyed_link_derives_its_key_from_what_it_is_given()
    {
        await StartWorkerAsync();
        string key = $"k{Guid.NewGuid():N}";
        Stage.On("key", (_, _) => new ValueTask<string>(key));
        TaskChain<string> chain = Canvas.Chain(ProbeTasks.Run("key")).Then(ProbeTasks.KeyedLink("work"));

        TaskHandle<string> first = await Enqueuer.EnqueueAsync(chain, default, Cancellation);
        TaskHandle<string> second = await Enqueuer.EnqueueAsync(chain, default, Cancellation);

        Assert.Equal("work", await Soon(first.ResultAsync(Cancellation)));
        Assert.Equal("work", await Soon(second.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("work"));
    }

    [Fact]
    public async Task Steps_that_run_at_most_once_or_keep_no_outcome_go_on_as_well()
    {
        await StartWorkerAsync();

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(
            Canvas.Chain(ProbeTasks.Fragile("fragile")).Then(ProbeTasks.UnkeptLink()).Then(ProbeTasks.RunLink()), default, Cancellation);

        Assert.Equal("fragile", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Equal(3, Stage.Runs("fragile").Count);
    }

    [Fact]
    public async Task A_retry_keeps_what_follows()
    {
        await StartWorkerAsync();
        Stage.FailUntil("flaky", attempt: 3);

        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Run("flaky")).Then(ProbeTasks.Run("last")), default, Cancellation);

        Assert.Equal("last", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Equal(3, Stage.Runs("flaky").Count);
    }

    [Fact]
    public async Task A_key_or_too_many_steps_are_refused_before_anything_is_sent()
    {
        TaskChain<int> one = Canvas.Chain(ProbeTasks.Add(1, 1));
        TaskGroup<int> many = Canvas.Group(Enumerable.Repeat(ProbeTasks.Add(1, 1), Canvas.MaxSteps));

        ArgumentException keyed = await Assert.ThrowsAsync<ArgumentException>(async () => await Enqueuer.EnqueueAsync(one, new EnqueueOptions { Key = "k" }, Cancellation));
        ArgumentException large = await Assert.ThrowsAsync<ArgumentException>(async () => await Enqueuer.EnqueueAsync(many.Join(JoinOn.AllSucceeded, ProbeTasks.SumLink()), default, Cancellation));

        Assert.Contains("each step that is keyed derives its own", keyed.Message, StringComparison.Ordinal);
        Assert.Contains("10,001 steps", large.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_told_and_a_second_try_is_safe()
    {
        Producer.Faults.Next(EngineOperation.Publish, EngineFault.LoseAnswer);
        TaskChain<string> chain = Canvas.Chain(ProbeTasks.Run("first")).Then(ProbeTasks.Run("last"));
        TaskUnconfirmedException lost = await Assert.ThrowsAsync<TaskUnconfirmedException>(async () => await Enqueuer.EnqueueAsync(chain, default, Cancellation));

        TaskHandle<string> second = await Enqueuer.EnqueueAsync(chain, EnqueueOptions.WithId(lost.Id), Cancellation);
        await StartWorkerAsync();

        Assert.Equal("last", await Soon(second.ResultAsync(Cancellation)));
        Assert.Equal((lost.Id, true), (second.Id, second.IsDuplicate));
        Assert.Single(Stage.Runs("first"));
        Assert.Single(Stage.Runs("last"));
    }

    [Fact]
    public async Task What_is_too_large_is_refused_and_none_of_it_runs()
    {
        await StartWorkerAsync();
        byte[] large = new byte[Engine.Limits.MaxEnvelopeLength];
        TaskGroup<NoResult> group = Canvas.Group(Canvas.Chain(ProbeTasks.Note("small")), Canvas.Chain(ProbeTasks.Swallow(large)));

        TaskRejectedException one = await Assert.ThrowsAsync<TaskRejectedException>(async () => await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Swallow(large)), default, Cancellation));
        TaskRejectedException behind = await Assert.ThrowsAsync<TaskRejectedException>(async () => await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Note("small")).Then(ProbeTasks.Swallow(large)), default, Cancellation));
        TaskRejectedException some = await Assert.ThrowsAsync<TaskRejectedException>(async () => await Enqueuer.EnqueueAsync(group, default, Cancellation));

        Assert.All([one, behind, some], refused => Assert.Equal(TaskRejection.TooLarge, refused.Reason));
        await Soon((await Client.RunAsync("later", default, Cancellation)).ResultAsync(Cancellation));
        Assert.Empty(Stage.Runs("small"));
    }

    /// <summary>Until nothing of the lane is queued or held.</summary>
    private async Task UntilIdleAsync()
    {
        LaneReport report;
        long start = Environment.TickCount64;
        do
        {
            Assert.True(Environment.TickCount64 - start < 20_000, "The lane does not come to rest.");
            await Subject.QuietAsync();
            report = await Producer.Admin.GetLaneAsync(Lane, Cancellation);
        }
        while (report.Ready + report.InFlight + report.Delayed > 0);
    }
}
