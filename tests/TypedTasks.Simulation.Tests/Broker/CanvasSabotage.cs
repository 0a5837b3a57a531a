using System.Buffers;
using TypedTasks.Canvases;
using TypedTasks.Engine;
using TypedTasks.Envelopes;

namespace TypedTasks.Simulation.Broker;

/// <summary>What a broken broker does to canvases.</summary>
internal static class CanvasSabotage
{
    // One MessagePack value: the number of no run.
    private static readonly byte[] Nothing = [0];

    /// <summary>The step that follows a task in its chain, enqueued before that has run; null where none does.</summary>
    internal static (TaskAddress Address, byte[] Envelope)? NextOf(SimTask task)
    {
        EnvelopeView view = EnvelopeView.Read(task.Envelope);
        if (!view.HasNext || CanvasSequence.Read(view.Next).Take(out CanvasSequence rest) is not SequenceStep step)
        {
            return null;
        }

        var attributes = new EnvelopeAttributes { Deadline = view.Deadline, Canvas = new CanvasPlace(view.Canvas, rest.ToBytes()) };
        var buffer = new ArrayBufferWriter<byte>();
        new StepEnvelope(step, Nothing, view.EnqueuedAt, attributes, int.MaxValue).WriteTo(buffer);
        return (new TaskAddress(step.Lane, step.Id, DateTimeOffset.MinValue), buffer.WrittenSpan.ToArray());
    }

    /// <summary>The record of a group whose last member has ended where its join wants it before any has.</summary>
    internal static byte[] Filled(byte[] record)
    {
        GroupRecord group = GroupRecord.Read(record);
        return group.With(group.Members - 1, succeeded: group.Join == JoinOn.AllSucceeded).ToBytes();
    }

    /// <summary>A step under another id.</summary>
    internal static (TaskAddress Address, byte[] Envelope) Renamed(TaskAddress address, byte[] envelope, TaskId id)
    {
        Span<byte> old = stackalloc byte[TaskId.Size];
        address.Id.Write(old);
        byte[] renamed = [.. envelope];
        id.Write(renamed.AsSpan(envelope.AsSpan().IndexOf(old)));
        return (address with { Id = id }, renamed);
    }

    /// <summary>A plan whose groups need all of their members.</summary>
    internal static byte[] Strict(byte[] plan) => Strict(CanvasPlan.Read(plan)).ToBytes();

    private static CanvasPlan Strict(CanvasPlan plan) => new(
    [
        .. plan.Elements.Select(element => element is PlanGroup group ? group with { Join = JoinOn.AllSucceeded, Members = [.. group.Members.Select(Strict)] } : element),
    ]);

    internal static bool IsStep(byte[] envelope) => EnvelopeView.Read(envelope).IsStep;

    internal static bool IsGroup(string key) => key.StartsWith("g:", StringComparison.Ordinal) && key.IndexOf(':', 2) < 0;

    internal static bool IsResult(string key) => key.StartsWith("g:", StringComparison.Ordinal) && key.IndexOf(':', 2) > 0;

    internal static bool IsPlan(string key) => key.StartsWith("v:", StringComparison.Ordinal);
}
