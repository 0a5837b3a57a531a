using System.Buffers.Binary;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// A dead letter's note in bytes: version 1, reason, UTC ticks, attempts, whether there is a failure, then its type, message and stack trace,
/// each as a length (-1 for null) and UTF-8. Numbers are big-endian.
/// </summary>
internal static class DeadLetterFormat
{
    private const int Fixed = 1 + 4 + 8 + 4 + 1;

    internal static byte[] Write(DeadLetterNote note)
    {
        var buffer = new RespBuffer();
        Span<byte> span = buffer.GetSpan(Fixed);
        span[0] = 1;
        BinaryPrimitives.WriteInt32BigEndian(span[1..], (int)note.Reason);
        BinaryPrimitives.WriteInt64BigEndian(span[5..], note.At.UtcTicks);
        BinaryPrimitives.WriteInt32BigEndian(span[13..], note.Attempts);
        span[17] = note.Failure is null ? (byte)0 : (byte)1;
        buffer.Advance(Fixed);
        if (note.Failure is { } failure)
        {
            WriteText(buffer, failure.Type);
            WriteText(buffer, failure.Message);
            WriteText(buffer, failure.StackTrace);
        }

        byte[] bytes = buffer.Span.ToArray();
        buffer.Reset(0);
        return bytes;
    }

    /// <summary>Reads <c>length:note envelope</c>, as settle.lua stored it.</summary>
    internal static (DeadLetterNote Note, byte[] Envelope) ReadLetter(ReadOnlySpan<byte> letter)
    {
        int colon = letter.IndexOf((byte)':');
        if (colon < 0 || !RespNumber.TryParse(letter[..colon], out long length) || length < 0 || length > letter.Length - colon - 1)
        {
            throw new TaskEngineException("A dead letter in Redis is not of the form that this engine stores.");
        }

        return (Read(letter.Slice(colon + 1, (int)length)), letter[(colon + 1 + (int)length)..].ToArray());
    }

    internal static DeadLetterNote Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Fixed || bytes[0] != 1)
        {
            throw new TaskEngineException("The note of a dead letter in Redis is of a version that this engine does not know.");
        }

        var reason = (DeadLetterReason)BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        long ticks = Math.Clamp(BinaryPrimitives.ReadInt64BigEndian(bytes[5..]), DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks);
        int attempts = BinaryPrimitives.ReadInt32BigEndian(bytes[13..]);
        ReadOnlySpan<byte> rest = bytes[Fixed..];
        TaskFailure? failure = bytes[17] == 0 ? null : new TaskFailure(ReadText(ref rest) ?? "", ReadText(ref rest) ?? "", ReadText(ref rest));
        return new DeadLetterNote(reason, new DateTimeOffset(ticks, TimeSpan.Zero), attempts, failure);
    }

    private static void WriteText(RespBuffer buffer, string? text)
    {
        int length = text is null ? -1 : Encoding.UTF8.GetByteCount(text);
        Span<byte> span = buffer.GetSpan(4 + Math.Max(length, 0));
        BinaryPrimitives.WriteInt32BigEndian(span, length);
        int written = text is null ? 0 : Encoding.UTF8.GetBytes(text, span[4..]);
        buffer.Advance(4 + written);
    }

    private static string? ReadText(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < 4 || BinaryPrimitives.ReadInt32BigEndian(rest) is var length && (length < -1 || length > rest.Length - 4))
        {
            throw new TaskEngineException("The note of a dead letter in Redis is cut off.");
        }

        rest = rest[4..];
        if (length < 0)
        {
            return null;
        }

        string text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return text;
    }
}
