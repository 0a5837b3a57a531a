using System.Buffers;
using System.Buffers.Binary;
using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

/// <summary>What is recorded of a task that is not an ordinary first delivery: who holds it, how often it was tried, how it ended.</summary>
/// <remarks>
/// Layout, big-endian: version (1), state, flags, a zero byte, round (4), attempt (4), fence (8), not before (8, Unix milliseconds),
/// length of the outcome (4), the outcome, the dead letter's note.
/// </remarks>
internal readonly record struct TaskRecord
{
    private const int HeaderLength = 32;
    private const byte FormatVersion = 1;
    private const byte FlagNoOutcome = 1;
    private const byte FlagMoved = 2;

    /// <summary>The state.</summary>
    public TaskState State { get; init; }

    /// <summary>Whether the record only fences: how the task ended is not kept for callers.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether the task waits in the delay stream, as the copy of this round; the one in the lane is done with.</summary>
    public bool IsMoved { get; init; }

    /// <summary>Counts the copies that went through the delay stream or were requeued; a copy of an earlier round is a left-over.</summary>
    public int Round { get; init; }

    /// <summary>The attempts so far that count.</summary>
    public int Attempt { get; init; }

    /// <summary>The fence of the delivery that wrote the record.</summary>
    public long Fence { get; init; }

    /// <summary>For a retry: not before this, in Unix milliseconds.</summary>
    public long NotBefore { get; init; }

    /// <summary>The outcome.</summary>
    public ReadOnlyMemory<byte> Outcome { get; init; }

    /// <summary>The dead letter's note.</summary>
    public ReadOnlyMemory<byte> Note { get; init; }

    /// <summary>Whether the task has ended.</summary>
    public bool HasEnded => State >= TaskState.Succeeded;

    /// <summary>Writes the record.</summary>
    public void WriteTo(IBufferWriter<byte> destination)
    {
        int length = HeaderLength + Outcome.Length + Note.Length;
        Span<byte> span = destination.GetSpan(length);
        span[0] = FormatVersion;
        span[1] = (byte)State;
        span[2] = (byte)((IsHidden ? FlagNoOutcome : 0) | (IsMoved ? FlagMoved : 0));
        span[3] = 0;
        BinaryPrimitives.WriteInt32BigEndian(span[4..], Round);
        BinaryPrimitives.WriteInt32BigEndian(span[8..], Attempt);
        BinaryPrimitives.WriteInt64BigEndian(span[12..], Fence);
        BinaryPrimitives.WriteInt64BigEndian(span[20..], NotBefore);
        BinaryPrimitives.WriteInt32BigEndian(span[28..], Outcome.Length);
        Outcome.Span.CopyTo(span[HeaderLength..]);
        Note.Span.CopyTo(span[(HeaderLength + Outcome.Length)..]);
        destination.Advance(length);
    }

    /// <summary>The record's bytes.</summary>
    public ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(HeaderLength + Outcome.Length + Note.Length);
        WriteTo(buffer);
        return buffer.WrittenMemory;
    }

    /// <summary>Reads a record; null when the bytes are none, or of a version that is not known.</summary>
    public static TaskRecord? Read(ReadOnlyMemory<byte> bytes)
    {
        ReadOnlySpan<byte> span = bytes.Span;
        if (span.Length < HeaderLength || span[0] != FormatVersion || span[1] > (byte)TaskState.Expired)
        {
            return null;
        }

        long notBefore = BinaryPrimitives.ReadInt64BigEndian(span[20..]);
        int outcome = BinaryPrimitives.ReadInt32BigEndian(span[28..]);
        if (notBefore < 0 || notBefore > Milliseconds.Latest || outcome < 0 || outcome > span.Length - HeaderLength)
        {
            return null;
        }

        return new TaskRecord
        {
            State = (TaskState)span[1],
            IsHidden = (span[2] & FlagNoOutcome) != 0,
            IsMoved = (span[2] & FlagMoved) != 0,
            Round = BinaryPrimitives.ReadInt32BigEndian(span[4..]),
            Attempt = BinaryPrimitives.ReadInt32BigEndian(span[8..]),
            Fence = BinaryPrimitives.ReadInt64BigEndian(span[12..]),
            NotBefore = notBefore,
            Outcome = bytes.Slice(HeaderLength, outcome),
            Note = bytes[(HeaderLength + outcome)..],
        };
    }
}
