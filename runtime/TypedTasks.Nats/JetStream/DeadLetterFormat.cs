using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

/// <summary>A dead letter's bytes: length of the note (4, big-endian), the note, the envelope as it was.</summary>
/// <remarks>Note: version (1), reason (4), at (8, Unix milliseconds), attempts (4), whether there is a failure (1), and its type, message and stack trace, each as length (4, -1 for null) and UTF-8.</remarks>
internal static class DeadLetterFormat
{
    private const byte FormatVersion = 1;
    private const int MaxText = 64 * 1024;

    /// <summary>Writes a note, in at most so many bytes: a dead letter must fit into a message whatever its failure says.</summary>
    public static byte[] WriteNote(DeadLetterNote note, int maxLength)
    {
        byte[] bytes = WriteNote(note);
        TaskFailure? failure = note.Failure;
        if (bytes.Length > maxLength && failure is not null)
        {
            bytes = WriteNote(note with { Failure = failure with { StackTrace = null } });
        }

        for (int length = maxLength; bytes.Length > maxLength && failure is not null && length > 0; length /= 2)
        {
            bytes = WriteNote(note with { Failure = new TaskFailure(Cut(failure.Type, length), Cut(failure.Message, length), null) });
        }

        return bytes;
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];

    private static byte[] WriteNote(DeadLetterNote note)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        buffer.Write([FormatVersion]);
        WriteInt(buffer, (int)note.Reason);
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(8), note.At.ToUnixTimeMilliseconds());
        buffer.Advance(8);
        WriteInt(buffer, note.Attempts);
        buffer.Write([note.Failure is null ? (byte)0 : (byte)1]);
        if (note.Failure is { } failure)
        {
            WriteText(buffer, failure.Type);
            WriteText(buffer, failure.Message);
            WriteText(buffer, failure.StackTrace);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a note; null when the bytes are none.</summary>
    public static DeadLetterNote? ReadNote(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 18 || bytes[0] != FormatVersion)
        {
            return null;
        }

        var reason = (DeadLetterReason)BinaryPrimitives.ReadInt32BigEndian(bytes[1..]);
        long at = BinaryPrimitives.ReadInt64BigEndian(bytes[5..]);
        int attempts = BinaryPrimitives.ReadInt32BigEndian(bytes[13..]);
        if (at is < -62_135_596_800_000 or > Milliseconds.Latest)
        {
            return null;
        }

        TaskFailure? failure = null;
        ReadOnlySpan<byte> rest = bytes[18..];
        if (bytes[17] == 1)
        {
            if (!TryReadText(ref rest, out string? type) || !TryReadText(ref rest, out string? message) || !TryReadText(ref rest, out string? stackTrace))
            {
                return null;
            }

            failure = new TaskFailure(type ?? "", message ?? "", stackTrace);
        }

        return new DeadLetterNote(reason, DateTimeOffset.FromUnixTimeMilliseconds(at), attempts, failure);
    }

    /// <summary>Splits a dead letter into its note and its envelope.</summary>
    public static bool TrySplit(ReadOnlyMemory<byte> letter, out ReadOnlyMemory<byte> note, out ReadOnlyMemory<byte> envelope)
    {
        note = envelope = default;
        if (letter.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(letter.Span);
        if (length < 0 || length > letter.Length - 4)
        {
            return false;
        }

        note = letter.Slice(4, length);
        envelope = letter[(4 + length)..];
        return true;
    }

    private static void WriteInt(ArrayBufferWriter<byte> buffer, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(4), value);
        buffer.Advance(4);
    }

    private static void WriteText(ArrayBufferWriter<byte> buffer, string? text)
    {
        if (text is null)
        {
            WriteInt(buffer, -1);
            return;
        }

        string cut = text.Length > MaxText / 4 ? text[..(MaxText / 4)] : text;
        WriteInt(buffer, Encoding.UTF8.GetByteCount(cut));
        Encoding.UTF8.GetBytes(cut, buffer);
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, out string? text)
    {
        text = null;
        if (rest.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadInt32BigEndian(rest);
        rest = rest[4..];
        if (length < -1 || length > Math.Min(rest.Length, MaxText))
        {
            return false;
        }

        if (length >= 0)
        {
            text = Encoding.UTF8.GetString(rest[..length]);
            rest = rest[length..];
        }

        return true;
    }
}
