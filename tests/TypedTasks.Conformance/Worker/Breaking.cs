using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>A canvas that goes wrong where its steps and groups meet: what counts ends is told of each, once and truly, and so is whoever waits.</summary>
public abstract class Breaking<TEngine> : WorkerBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private ITaskCanvas Enqueuer => Producer.Canvas;

    [Fact]
    public async Task An_inner_join_that_cannot_be_enqueued_has_ended_for_the_outer_group()
    {
        await StartWorkerAsync();
        int length = Engine.Limits.MaxOutcomeLength / 2;
        TaskChain<int> inner = Canvas.Group(Enumerable.Repeat(ProbeTasks.Fill(length), (Engine.Limits.MaxEnvelopeLength / length) + 1)).Join(JoinOn.AllSucceeded, ProbeTasks.MeasureLink());

        TaskHandle<int> outer = await Enqueuer.EnqueueAsync(
            Canvas.Group(inner, Canvas.Chain(ProbeTasks.Add(1, 2))).Join(JoinOn.AllEnded, ProbeTasks.SumLink()), default, Cancellation);

        Assert.Equal(3, await Soon(outer.ResultAsync(Cancellation)));
        Assert.Equal(DeadLetterReason.CanvasBroken, (await OneDeadLetterAsync()).Note.Reason);
    }

    [Fact]
    public async Task A_join_on_all_ended_that_cannot_be_enqueued_is_told_to_whoever_waits()
    {
        await StartWorkerAsync();
        int length = Engine.Limits.MaxOutcomeLength / 2;
        TaskHandle<int> joined = await Enqueuer.EnqueueAsync(
            Canvas.Group(Enumerable.Repeat(ProbeTasks.Fill(length), (Engine.Limits.MaxEnvelopeLength / length) + 1)).Join(JoinOn.AllEnded, ProbeTasks.MeasureLink()), default, Cancellation);

        TaskFailedException failed = await FailsAsync(joined);

        Assert.Equal("probe.fill", failed.TaskName);
        Assert.Equal("CanvasBroken", failed.Failure?.Type);
        Assert.Equal(TaskState.DeadLettered, await joined.StateAsync(Cancellation));
    }

    [Fact]
    public async Task A_member_whose_success_is_noted_has_not_failed_for_the_outer_group_by_a_second_delivery()
    {
        Stage.On("x", (context, _) => context.Attempt == 1 ? new ValueTask<string>("x") : throw new DeadLetterException("not twice"));
        TaskCompletionSource<string> gate = Stage.HoldStubbornly("held");
        TaskCompletionSource<string> other = Stage.HoldStubbornly("a");
        WorkerHost lost = await StartWorkerAsync();
        lost.Faults.Always(EngineOperation.Settle, EngineFault.Fail);
        TaskChain<string> inner = Canvas.Group(ProbeTasks.Run("x"), ProbeTasks.Run("held")).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("+"));
        TaskHandle<string> outer = await Enqueuer.EnqueueAsync(
            Canvas.Group(inner, Canvas.Chain(ProbeTasks.Run("a"))).Join(JoinOn.AllEnded, ProbeTasks.ConcatLink("-")), default, Cancellation);
        StageRun first = await Soon(Stage.Started("x"));
        await Soon(Stage.Started("held"));

        // A success is noted before it is settled, and nothing else has ended.
        await UntilAsync(() => lost.Faults.Count(EngineOperation.Settle) > 0, "the first settling");
        lost.Faults.CutOff();
        other.SetResult("a");
        await Subject.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        await StartWorkerAsync();
        await Assert.ThrowsAsync<TaskFailedException>(() => Soon(Client.RunHandle(first.Id).ResultAsync(Cancellation)));
        Assert.Equal(TaskState.Running, await outer.StateAsync(Cancellation));

        gate.SetResult("held");

        Assert.Equal("x+held-a", await Soon(outer.ResultAsync(Cancellation)));
    }

    [Fact]
    public async Task A_step_that_did_not_come_to_begin_its_group_has_failed_for_the_outer_one()
    {
        Stage.On("splits", (context, _) => context.Attempt == 1 ? new ValueTask<string>("b") : throw new DeadLetterException("not twice"));
        WorkerHost lost = await StartWorkerAsync();
        lost.Faults.Always(EngineOperation.Publish, EngineFault.Fail);
        TaskChain<string> splits = Canvas.Chain(ProbeTasks.Run("splits")).ThenGroup(ProbeTasks.RunLink(), ProbeTasks.RunLink()).Join(JoinOn.AllSucceeded, ProbeTasks.ConcatLink("+"));
        TaskHandle<string> outer = await Enqueuer.EnqueueAsync(
            Canvas.Group(splits, Canvas.Chain(ProbeTasks.Run("a"))).Join(JoinOn.AllEnded, ProbeTasks.ConcatLink("-")), default, Cancellation);
        await Soon(Stage.Started("splits"));
        await Soon(Stage.Started("a"));
        await UntilAsync(() => lost.Faults.Count(EngineOperation.Publish) > 0, "the first publishing");
        lost.Faults.CutOff();
        await Subject.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        await StartWorkerAsync();

        Assert.Equal("a", await Soon(outer.ResultAsync(Cancellation)));
        Assert.Empty(Stage.Runs("b"));
    }

    [Fact]
    public async Task A_step_that_runs_at_most_once_and_has_ended_well_goes_on_after_a_crash()
    {
        WorkerHost lost = await StartWorkerAsync();
        lost.Faults.Always(EngineOperation.Publish, EngineFault.Fail);
        TaskHandle<string> chain = await Enqueuer.EnqueueAsync(Canvas.Chain(ProbeTasks.Fragile("once")).Then(ProbeTasks.RunLink()).Then(ProbeTasks.Run("end")), default, Cancellation);
        await Soon(Stage.Started("once"));
        await UntilAsync(() => lost.Faults.Count(EngineOperation.Publish) > 0, "the first publishing");
        lost.Faults.CutOff();
        await Subject.AdvanceAsync(Lease + TimeSpan.FromSeconds(1));
        await StartWorkerAsync();

        Assert.Equal("end", await Soon(chain.ResultAsync(Cancellation)));
        Assert.Equal(2, Stage.Runs("once").Count);
    }

    [Fact]
    public async Task What_can_never_be_enqueued_is_not_tried_for_ever()
    {
        await StartWorkerAsync();
        TaskId id = TaskId.New();

        // [1, id, "probe.add", 0, {9: [[0, an empty id, "probe.add", "default", false, [1, 2], nil]], 10: id}, [1, 2]]
        byte[] own = id.ToGuid().ToByteArray(bigEndian: true);
        byte[] step = [0x97, 0x00, 0xc4, 0x10, .. new byte[TaskId.Size], 0xa9, .. "probe.add"u8, 0xa7, .. "default"u8, 0xc2, 0xc4, 0x03, 0x92, 0x01, 0x02, 0xc0];
        byte[] bytes = [0x96, 0x01, 0xc4, 0x10, .. own, 0xa9, .. "probe.add"u8, 0x00, 0x82, 0x09, 0x91, .. step, 0x0a, 0xc4, 0x10, .. own, 0x92, 0x01, 0x02];
        await Engine.PublishAsync(new TaskAddress(Lane, id, default), new Raw(bytes), Cancellation);

        Assert.Equal(DeadLetterReason.CanvasBroken, (await OneDeadLetterAsync()).Note.Reason);
    }

    private readonly struct Raw(byte[] bytes) : IEnvelopeSource
    {
        public void WriteTo(System.Buffers.IBufferWriter<byte> destination) => System.Buffers.BuffersExtensions.Write(destination, bytes);
    }
}
