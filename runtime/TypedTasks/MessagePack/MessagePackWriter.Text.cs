using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedTasks.MessagePack;

/// <content>Text: spec.md#str-format-family.</content>
public ref partial struct MessagePackWriter
{
    // A UTF-16 unit takes at most three bytes of UTF-8 (a pair of units takes four).
    private const int MaxBytesPerChar = 3;

    // Up to here a string is encoded where it would stand if it were ASCII; above, its bytes are counted first.
    private const int MaxGuessedLength = 255;

    /// <summary>Writes text, or nil for null. A lone surrogate is written as U+FFFD.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteString(string? value)
    {
        if (value is null)
        {
            WriteNil();
        }
        else
        {
            WriteString(value.AsSpan());
        }
    }

    /// <summary>Writes text. A lone surrogate is written as U+FFFD.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WriteString(scoped ReadOnlySpan<char> value)
    {
        // The usual case: names, codes and ids, for which the general encoder costs more than the bytes do.
        if (value.Length <= MessagePackCode.MaxFixStrLength)
        {
            Span<byte> room = GetSpan(value.Length + 1);
            if (Ascii.FromUtf16(value, room[1..], out _) == OperationStatus.Done)
            {
                room[0] = (byte)(MessagePackCode.MinFixStr | value.Length);
                _position += 1 + value.Length;
                return;
            }
        }

        WriteAnyString(value);
    }

    private void WriteAnyString(scoped ReadOnlySpan<char> value)
    {
        if (value.Length > MaxGuessedLength)
        {
            WriteLongString(value);
            return;
        }

        Span<byte> buffer = GetSpan((value.Length * MaxBytesPerChar) + 3);
        int guess = StringHeaderSize(value.Length);
        int length = Encoding.UTF8.GetBytes(value, buffer[guess..]);
        int header = StringHeaderSize(length);
        if (header != guess)
        {
            buffer.Slice(guess, length).CopyTo(buffer[header..]);
        }

        WriteStringHeader(ref buffer[0], length);
        _position += header + length;
    }

    /// <summary>Writes text that is UTF-8 already. Its validity is the caller's business.</summary>
    public void WriteUtf8String(scoped ReadOnlySpan<byte> value)
    {
        CheckLength(value.Length);
        int header = WriteStringHeader(ref Reserve(checked(value.Length + 5)), value.Length);
        value.CopyTo(_buffer[(_position + header)..]);
        _position += header + value.Length;
    }

    private void WriteLongString(scoped ReadOnlySpan<char> value)
    {
        int length = Encoding.UTF8.GetByteCount(value);
        CheckLength(length);
        int header = WriteStringHeader(ref Reserve(checked(length + 5)), length);
        Encoding.UTF8.GetBytes(value, _buffer[(_position + header)..]);
        _position += header + length;
    }

    private static int StringHeaderSize(int length) => length switch
    {
        <= 31 => 1,
        <= byte.MaxValue => 2,
        <= ushort.MaxValue => 3,
        _ => 5,
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int WriteStringHeader(ref byte at, int length)
    {
        if (length <= 31)
        {
            at = (byte)(MessagePackCode.MinFixStr | length);
            return 1;
        }

        if (length <= byte.MaxValue)
        {
            at = MessagePackCode.Str8;
            Unsafe.Add(ref at, 1) = (byte)length;
            return 2;
        }

        return Header(ref at, MessagePackCode.Str16, (uint)length);
    }
}
