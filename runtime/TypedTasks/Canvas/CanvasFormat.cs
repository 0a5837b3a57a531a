using System.Buffers;
using System.Collections.Immutable;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>
/// What follows a task, as it travels in its envelope and is kept with a group: a sequence, which is a MessagePack array of elements. An element is an array that begins with its kind. The numbers
/// are on the wire: none ever changes its meaning. See <c>ENVELOPE.md</c>.
/// </summary>
internal static class CanvasFormat
{
    /// <summary>Kind, id (binary), name, queue, whether the first argument is the result before it, the other arguments (binary), the time to start in milliseconds or nil.</summary>
    internal const int Step = 0;

    /// <summary>Kind, the group's id (binary), the member's place in it.</summary>
    internal const int Join = 1;

    /// <summary>Kind, id (binary), when it is joined or nil, whether results are passed on, and an array of the members' sequences (each binary).</summary>
    internal const int Group = 2;

    internal const int StepLength = 7;
    internal const int JoinLength = 3;
    internal const int GroupLength = 5;

    // Names the ways in which one id is made of another.
    private const byte StepOf = (byte)'s';
    private const byte MemberOf = (byte)'m';

    /// <summary>The id of a sequence's element: the last has the sequence's own.</summary>
    internal static TaskId ElementId(TaskId sequence, int place, int count) => place == count - 1 ? sequence : sequence.Derive(StepOf, place);

    /// <summary>The id of a member's sequence.</summary>
    internal static TaskId MemberId(TaskId group, int place) => group.Derive(MemberOf, place);

    /// <summary>Writes the sequence whose last element has this id.</summary>
    internal static byte[] Write(ImmutableArray<CanvasElement> elements, TaskId id)
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(elements.Length);
        for (int place = 0; place < elements.Length; place++)
        {
            TaskId own = ElementId(id, place, elements.Length);
            switch (elements[place])
            {
                case CanvasStep step:
                    Write(ref writer, step, own);
                    break;
                case CanvasGroup group:
                    Write(ref writer, group, own, passesResults: place + 1 < elements.Length && elements[place + 1] is CanvasStep { IsLinked: true });
                    break;
            }
        }

        writer.Flush();
        return ScratchBuffer.Take(buffer);
    }

    /// <summary>The sequence of one element: what a member of a group goes on with.</summary>
    internal static byte[] WriteJoin(TaskId group, int place)
    {
        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(1);
        writer.WriteArrayHeader(JoinLength);
        writer.Write(Join);
        EnvelopeAttributes.WriteId(ref writer, group);
        writer.Write(place);
        writer.Flush();
        return ScratchBuffer.Take(buffer);
    }

    private static void Write(ref MessagePackWriter writer, CanvasStep step, TaskId id)
    {
        writer.WriteArrayHeader(StepLength);
        writer.Write(Step);
        EnvelopeAttributes.WriteId(ref writer, id);
        writer.WriteUtf8String(step.Task.Utf8Name);
        writer.WriteString(step.Task.Queue.Name);
        writer.Write(step.IsLinked);
        writer.WriteBinary(step.Arguments.Span);
        if (step.Task.Expires is { } expires)
        {
            writer.Write((long)expires.TotalMilliseconds);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static void Write(ref MessagePackWriter writer, CanvasGroup group, TaskId id, bool passesResults)
    {
        writer.WriteArrayHeader(GroupLength);
        writer.Write(Group);
        EnvelopeAttributes.WriteId(ref writer, id);
        if (group.Join is { } when)
        {
            writer.Write((int)when);
        }
        else
        {
            writer.WriteNil();
        }

        writer.Write(passesResults);
        writer.WriteArrayHeader(group.Members.Length);
        for (int place = 0; place < group.Members.Length; place++)
        {
            writer.WriteBinary(Write(group.Members[place], MemberId(id, place)));
        }
    }
}
