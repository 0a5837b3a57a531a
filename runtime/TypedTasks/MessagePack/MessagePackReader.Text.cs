using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedTasks.MessagePack;

/// <content>Text: spec.md#str-format-family. Text that is not UTF-8 is refused rather than repaired: repaired, two keys could become one.</content>
public ref partial struct MessagePackReader
{
    private const int StackLimit = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads text, or null for nil. Allocates the string.</summary>
    /// <exception cref="MessagePackException">It is neither, or not UTF-8.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public string? ReadString()
    {
        if (TryTakeShortString(out ReadOnlySpan<byte> bytes))
        {
            return ShortText.IsAscii(bytes) ? ShortText.Make(bytes) : Decode(bytes);
        }

        return ReadAnyString();
    }

    /// <summary>Reads text as its UTF-8 bytes, which are not validated. Valid until the next read.</summary>
    /// <exception cref="MessagePackException">It is not text; nil is not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> ReadStringSpan() => TryTakeShortString(out ReadOnlySpan<byte> bytes) ? bytes : ReadAnyStringSpan();

    /// <summary>Reads text as its UTF-8 bytes, which are not validated, unless it is nil. Valid until the next read.</summary>
    /// <returns>False for nil, which was consumed.</returns>
    /// <exception cref="MessagePackException">It is neither.</exception>
    public bool TryReadStringSpan(out ReadOnlySpan<byte> utf8)
    {
        if (TryReadStringHeader(out uint length))
        {
            utf8 = Take(length);
            return true;
        }

        utf8 = default;
        return false;
    }

    /// <summary>Reads the name of a member, the key of a map, as its UTF-8 bytes. Valid until the next read, so compare it first.</summary>
    /// <exception cref="MessagePackException">It is not text.</exception>
    public ReadOnlySpan<byte> ReadMapKey() => ReadStringSpan();

    /// <summary>Takes text of up to 31 bytes that lies in one segment, moving on once; or takes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryTakeShortString(out ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> span = _span;
        int position = _position;
        if ((uint)position < (uint)span.Length)
        {
            int length = span[position] - MessagePackCode.MinFixStr;
            position++;
            if ((uint)length <= MessagePackCode.MaxFixStrLength && length <= span.Length - position)
            {
                bytes = span.Slice(position, length);
                _position = position + length;
                return true;
            }
        }

        bytes = default;
        return false;
    }

    private string? ReadAnyString()
    {
        if (!TryReadStringHeader(out uint length))
        {
            return null;
        }

        return TryTake(length, out ReadOnlySpan<byte> bytes) ? Decode(bytes) : DecodeSplit(CheckedLength(length));
    }

    private ReadOnlySpan<byte> ReadAnyStringSpan()
    {
        if (!TryReadStringHeader(out uint length))
        {
            Malformed.Unexpected(MessagePackCode.Nil, "A string", Consumed - 1);
        }

        return Take(length);
    }

    private bool TryReadStringHeader(out uint length)
    {
        byte code = TakeByte();
        if ((code & 0xe0) == MessagePackCode.MinFixStr)
        {
            length = code & 0x1fu;
            return true;
        }

        return TryReadLongStringHeader(code, out length);
    }

    private bool TryReadLongStringHeader(byte code, out uint length)
    {
        length = 0;
        switch (code)
        {
            case MessagePackCode.Str8:
                length = TakeByte();
                return true;
            case MessagePackCode.Str16:
                length = TakeUInt16();
                return true;
            case MessagePackCode.Str32:
                length = TakeUInt32();
                return true;
            case MessagePackCode.Nil:
                return false;
            default:
                Malformed.Unexpected(code, "A string", Consumed - 1);
                return false;
        }
    }

    private readonly string Decode(scoped ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Utf8.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            throw new MessagePackException($"The string before byte {Consumed} is not valid UTF-8.", e);
        }
    }

    private string DecodeSplit(int length)
    {
        if (length <= StackLimit)
        {
            Span<byte> small = stackalloc byte[StackLimit];
            TakeInto(small[..length]);
            return Decode(small[..length]);
        }

        byte[] large = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            TakeInto(large.AsSpan(0, length));
            return Decode(large.AsSpan(0, length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(large, clearArray: true);
        }
    }
}
