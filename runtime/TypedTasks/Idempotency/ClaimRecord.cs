using System.Buffers;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Idempotency;

/// <summary>
/// What is stored under an idempotency key: a MessagePack array of version, the holder's task id and fence, and the outcome record (binary) once it is completed, nil before.
/// </summary>
internal readonly record struct ClaimRecord(TaskId Holder, long Fence, ReadOnlyMemory<byte> Outcome)
{
    private const int Version = 1;
    private const int Elements = 4;

    /// <summary>Whether the key's task has run to completion.</summary>
    internal bool IsCompleted => !Outcome.IsEmpty;

    internal ReadOnlyMemory<byte> ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(48 + Outcome.Length);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Elements);
        writer.Write(Version);
        EnvelopeAttributes.WriteId(ref writer, Holder);
        writer.Write(Fence);
        if (Outcome.IsEmpty)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteBinary(Outcome.Span);
        }

        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <exception cref="MessagePackException">The bytes are no claim record of a known version.</exception>
    internal static ClaimRecord Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        int elements = reader.ReadArrayHeader();
        if (elements < Elements || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no idempotency record that this worker knows.");
        }

        TaskId holder = EnvelopeView.ReadId(ref reader);
        long fence = reader.ReadInt64();
        if (reader.TryReadNil())
        {
            return new ClaimRecord(holder, fence, default);
        }

        int length = reader.ReadBinarySpan().Length;
        int end = (int)reader.Consumed;
        return new ClaimRecord(holder, fence, bytes[(end - length)..end]);
    }
}
