using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Canvases;

/// <summary>An element of a sequence that was read.</summary>
internal abstract record SequenceElement(TaskId Id);

/// <summary>A task to enqueue.</summary>
internal sealed record SequenceStep(TaskId Id, Lane Lane, string Name, bool IsLinked, ReadOnlyMemory<byte> Arguments, TimeSpan? ExpiresIn) : SequenceElement(Id);

/// <summary>The end of a group's member.</summary>
internal sealed record SequenceJoin(TaskId Group, int Place) : SequenceElement(Group);

/// <summary>Sequences to start side by side.</summary>
internal sealed record SequenceGroup(TaskId Id, JoinOn? Join, bool PassesResults, ImmutableArray<ReadOnlyMemory<byte>> Members) : SequenceElement(Id);

/// <summary>A sequence of <see cref="CanvasFormat"/>: its elements still as bytes. Comes from other processes, so every part of it is checked when it is read.</summary>
internal readonly struct CanvasSequence
{
    private readonly ReadOnlyMemory<byte> _elements;

    private CanvasSequence(int count, ReadOnlyMemory<byte> elements)
    {
        Count = count;
        _elements = elements;
    }

    internal int Count { get; }

    /// <exception cref="MessagePackException">The bytes are no array.</exception>
    internal static CanvasSequence Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return default;
        }

        var reader = new MessagePackReader(bytes.Span);
        int count = reader.ReadArrayHeader();
        return new CanvasSequence(count, bytes[(int)reader.Consumed..]);
    }

    /// <summary>The first element, and the sequence of those behind it.</summary>
    /// <exception cref="MessagePackException">The bytes are no element, or there is none.</exception>
    internal SequenceElement Take(out CanvasSequence rest)
    {
        if (Count == 0)
        {
            throw new MessagePackException("A sequence of a canvas has no more elements.");
        }

        var reader = new MessagePackReader(_elements.Span);
        SequenceElement element = ReadElement(ref reader);
        rest = new CanvasSequence(Count - 1, _elements[(int)reader.Consumed..]);
        return element;
    }

    /// <summary>This sequence with another behind it, as bytes; none for an empty one.</summary>
    internal ReadOnlyMemory<byte> ToBytes(CanvasSequence behind = default)
    {
        int count = Count + behind.Count;
        if (count == 0)
        {
            return default;
        }

        ArrayBufferWriter<byte> buffer = ScratchBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(count);
        writer.WriteRaw(_elements.Span);
        writer.WriteRaw(behind._elements.Span);
        writer.Flush();
        return ScratchBuffer.Take(buffer);
    }

    private SequenceElement ReadElement(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        int kind = count > 0 ? reader.ReadInt32() : -1;
        int expected = kind switch
        {
            CanvasFormat.Step => CanvasFormat.StepLength,
            CanvasFormat.Join => CanvasFormat.JoinLength,
            CanvasFormat.Group => CanvasFormat.GroupLength,
            _ => throw new MessagePackException($"This worker knows no element of a canvas of kind {kind}. Upgrade the workers before the producers."),
        };
        if (count < expected)
        {
            throw new MessagePackException($"An element of a canvas of kind {kind} has {expected} parts; this one has {count}.");
        }

        TaskId id = EnvelopeView.ReadId(ref reader);
        SequenceElement element = kind switch
        {
            CanvasFormat.Step => ReadStep(ref reader, id),
            CanvasFormat.Join => new SequenceJoin(id, reader.ReadInt32()),
            _ => ReadGroup(ref reader, id),
        };
        reader.SkipRemaining(count - expected);
        return element;
    }

    private SequenceStep ReadStep(ref MessagePackReader reader, TaskId id)
    {
        string name = ReadName(ref reader);
        string queue = ReadName(ref reader);
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot <= 0 || queue.Length == 0)
        {
            throw new MessagePackException($"A step of a canvas names a task and a queue; this one names '{name}' and '{queue}'.");
        }

        bool isLinked = reader.ReadBoolean();
        ReadOnlyMemory<byte> arguments = ReadBinary(ref reader);
        TimeSpan? expiresIn = reader.TryReadNil() ? null : TimeSpan.FromMilliseconds(EnvelopeView.ReadTime(ref reader));
        return new SequenceStep(id, new Lane(queue, name[..dot]), name, isLinked, arguments, expiresIn);
    }

    private SequenceGroup ReadGroup(ref MessagePackReader reader, TaskId id)
    {
        JoinOn? when = reader.TryReadNil() ? null : (JoinOn)reader.ReadInt32();
        if (when is not (null or JoinOn.AllSucceeded or JoinOn.AllEnded))
        {
            throw new MessagePackException($"This worker knows no way {(int)when} to join a group. Upgrade the workers before the producers.");
        }

        bool passesResults = reader.ReadBoolean();
        int members = reader.ReadArrayHeader();
        if (members is 0 or > Canvas.MaxSteps)
        {
            throw new MessagePackException($"A group has 1 to {Canvas.MaxSteps} members; this one has {members}.");
        }

        ImmutableArray<ReadOnlyMemory<byte>>.Builder sequences = ImmutableArray.CreateBuilder<ReadOnlyMemory<byte>>(members);
        for (int place = 0; place < members; place++)
        {
            sequences.Add(ReadBinary(ref reader));
        }

        return new SequenceGroup(id, when, passesResults, sequences.MoveToImmutable());
    }

    private static string ReadName(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> text = reader.ReadStringSpan();
        return text.Length <= EnvelopeFormat.MaxAttributeLength
            ? Encoding.UTF8.GetString(text)
            : throw new MessagePackException($"A name of {text.Length} bytes in a canvas is longer than {EnvelopeFormat.MaxAttributeLength}.");
    }

    private ReadOnlyMemory<byte> ReadBinary(ref MessagePackReader reader)
    {
        int length = reader.ReadBinarySpan().Length;
        int end = (int)reader.Consumed;
        return _elements[(end - length)..end];
    }
}
