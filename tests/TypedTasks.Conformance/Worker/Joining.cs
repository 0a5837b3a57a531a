using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A group is joined once, when its members are where the join wants them, with the results of all in its order.</summary>
public abstract class Joining<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private ITaskCanvas Enqueuer => Producer.Canvas;

    [Fact]
    public async Task The_join_is_given_all_results_in_the_groups_order()
    {
        TaskCompletionSource<string> gate = Stage.Hold("a");
        await StartWorkerAsync();

        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(ProbeTasks.Run("a"), ProbeTasks.Run("b"), ProbeTasks.Run("c")).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("-")), default, Cancellation);
        await Soon(Stage.Started("b"));
        await Soon(Stage.Started("c"));
        Assert.Empty(Stage.Runs("a-b-c"));
        gate.SetResult("a");

        Assert.Equal("a-b-c", await Soon(joined.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("a-b-c"));
    }

    [Fact]
    public async Task Members_that_end_at_once_join_once()
    {
        await StartWorkerAsync(options => options.Concurrency = 16);
        await StartWorkerAsync(options => options.Concurrency = 16);

        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(Enumerable.Range(1, 200).Select(i => ProbeTasks.Add(i, 0))).Join(JoinOn.AllSucceeded, ProbeTasks.SumLink()).Then(ProbeTasks.Run("end")), default, Cancellation);

        Assert.Equal("end", await Soon(joined.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("end"));
    }

    [Fact]
    public async Task Chains_groups_and_joins_nest()
    {
        await StartWorkerAsync();

        TaskChain<int> branch = Canvas.Chain(ProbeTasks.Add(1, 0)).Then(ProbeTasks.AddLink(10));
        TaskChain<int> inner = Canvas.Group(branch, branch).Join(JoinOn.AllSucceeded, ProbeTasks.SumLink());
        TaskChain<int> whole = Canvas.Chain(ProbeTasks.Add(1, 1))
            .ThenGroup(ProbeTasks.AddLink(100), ProbeTasks.AddLink(200).Then(ProbeTasks.AddLink(1000)))
            .Join(JoinOn.AllSucceeded, ProbeTasks.SumLink())
            .Then(ProbeTasks.AddLink(5));
        TaskHandle<int> nested = await Enqueuer.EnqueueAsync(Canvas.Group(inner, whole).Join(JoinOn.AllSucceeded, ProbeTasks.SumLink()), default, Cancellation);

        Assert.Equal(11 + 11 + 102 + 1202 + 5, await Soon(nested.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_group_that_nothing_joins_has_a_handle_for_each_member()
    {
        await StartWorkerAsync();

        IReadOnlyList<TaskHandle<int>> first = await Enqueuer.EnqueueAsync(Canvas.Group(ProbeTasks.Add(1, 0), ProbeTasks.Add(2, 0)), default, Cancellation);
        IReadOnlyList<TaskHandle<int>> behind = await Enqueuer.EnqueueAsync(
            Canvas.Chain(ProbeTasks.Add(1, 0)).ThenGroup(ProbeTasks.AddLink(10), ProbeTasks.AddLink(20).Then(ProbeTasks.AddLink(100))), default, Cancellation);

        Assert.Equal([1, 2], await ResultsAsync(first));
        Assert.Equal([11, 121], await ResultsAsync(behind));
    }

    [Fact]
    public async Task A_member_that_fails_for_good_is_told_at_once_and_the_join_runs_when_it_is_requeued()
    {
        Stage.FailUntil("fails", attempt: int.MaxValue, () => new DeadLetterException("no use"));
        TaskCompletionSource<string> gate = Stage.Hold("held");
        await StartWorkerAsync();
        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(ProbeTasks.Run("held"), ProbeTasks.Run("fails")).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("-")), default, Cancellation);

        TaskFailedException failed = await FailsAsync(joined);
        Assert.Equal(Assert.Single(Stage.Runs("fails")).Id, failed.Id);
        Assert.Equal(TaskState.DeadLettered, await joined.StateAsync(Cancellation));
        gate.SetResult("held");
        await OneDeadLetterAsync();
        Stage.On("fails", (_, _) => new ValueTask<string>("mended"));
        Assert.True(await Soon(Producer.Admin.RequeueAsync(Lane, failed.Id, Cancellation)));

        Assert.Equal("held-mended", await Soon(joined.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_join_on_all_ended_is_given_the_results_of_those_that_succeeded()
    {
        Stage.FailUntil("dead", attempt: int.MaxValue, () => new DeadLetterException("no use"));
        Stage.FailUntil("fragile", attempt: int.MaxValue);
        await StartWorkerAsync();

        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(
                Canvas.Chain(ProbeTasks.Run("dead")).Then(ProbeTasks.Run("never")),
                Canvas.Chain(ProbeTasks.Run("a")),
                Canvas.Chain(ProbeTasks.Fragile("fragile")),
                Canvas.Chain(ProbeTasks.Run("b")))
            .Join(JoinOn.AllEnded, ProbeTasks.ConcatLink("-")), default, Cancellation);

        Assert.Equal("a-b", await Soon(joined.ResultAsync(Cancellation)));
        Assert.Empty(Stage.Runs("never"));
    }

    [Fact]
    public async Task A_cancelled_member_has_ended_too()
    {
        TaskCompletionSource<string> gate = Stage.Hold("held");
        Stage.Hold("cancelled");
        await StartWorkerAsync();
        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(ProbeTasks.Run("held"), ProbeTasks.Run("cancelled")).Join(JoinOn.AllEnded, ProbeTasks.ConcatLink("-")), default, Cancellation);
        await Soon(Stage.Started("held"));
        TaskId cancelled = (await Soon(Stage.Started("cancelled"))).Id;
        await Soon(Client.RunHandle(cancelled).CancelAsync(Cancellation));
        gate.SetResult("held");

        Assert.Equal("held", await Soon(joined.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task An_inner_group_that_cannot_be_joined_has_ended_for_the_outer_one()
    {
        Stage.FailUntil("dead", attempt: int.MaxValue, () => new DeadLetterException("no use"));
        await StartWorkerAsync();
        TaskChain<string> inner = Canvas.Group(ProbeTasks.Run("dead"), ProbeTasks.Run("x")).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("+"));

        TaskHandle<string> outer = await Enqueuer.EnqueueAsync(
            Canvas.Group(inner, Canvas.Chain(ProbeTasks.Run("a"))).Join(JoinOn.AllEnded, ProbeTasks.ConcatLink("-")), default, Cancellation);

        Assert.Equal("a", await Soon(outer.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task Results_that_are_too_large_together_break_the_canvas_and_are_told()
    {
        await StartWorkerAsync();
        int length = Engine.Limits.MaxOutcomeLength / 2;
        TaskHandle<int> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(Enumerable.Repeat(ProbeTasks.Fill(length), (Engine.Limits.MaxEnvelopeLength / length) + 1)).Join(JoinOn.AllSucceeded, ProbeTasks.MeasureLink()), default, Cancellation);

        TaskFailedException failed = await FailsAsync(joined);

        Assert.Equal("probe.fill", failed.TaskName);
        Assert.Equal("CanvasBroken", failed.Failure?.Type);
        Assert.Equal(DeadLetterReason.CanvasBroken, (await OneDeadLetterAsync()).Note.Reason);
    }

    [Fact]
    public async Task A_join_survives_answers_that_are_lost()
    {
        WorkerHost worker = await StartWorkerAsync();
        foreach (EngineOperation operation in new[] { EngineOperation.Publish, EngineOperation.Write, EngineOperation.Read, EngineOperation.Settle })
        {
            worker.Faults.ByChance(operation, EngineFault.LoseAnswer, 0.05);
        }

        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(Enumerable.Range(1, 20).Select(i => ProbeTasks.Add(i, 0))).Join(JoinOn.AllSucceeded, ProbeTasks.SumLink()).Then(ProbeTasks.Run("end")), default, Cancellation);

        Assert.Equal("end", await Soon(joined.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("end"));
    }

    [Fact]
    public async Task A_join_survives_the_worker_that_saw_the_last_member_end()
    {
        WorkerHost lost = await StartWorkerAsync();
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("last");
        TaskHandle<string> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(ProbeTasks.Run("a"), ProbeTasks.Run("last")).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("-")), default, Cancellation);
        await Soon(Stage.Started("last"));
        lost.Faults.Always(EngineOperation.Publish, EngineFault.Fail);
        gate.SetResult("last");
        await UntilAsync(() => lost.Faults.Count(EngineOperation.Publish) > 0, "the first publishing");
        lost.Faults.CutOff();
        await Subject.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        await StartWorkerAsync();

        Assert.Equal("a-last", await Soon(joined.ResultAsync(Cancellation)));
        Assert.Single(Stage.Runs("a-last"));
    }

    private async Task<List<int>> ResultsAsync(IReadOnlyList<TaskHandle<int>> handles)
    {
        List<int> results = [];
        foreach (TaskHandle<int> handle in handles)
        {
            results.Add(await Soon(handle.ResultAsync(Cancellation)));
        }

        return results;
    }
}
