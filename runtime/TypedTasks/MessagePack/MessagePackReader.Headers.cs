using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Arrays, maps, binary and extensions: spec.md#array-format-family, #map-format-family, #bin-format-family, #ext-format-family.</content>
public ref partial struct MessagePackReader
{
    /// <summary>Begins an array.</summary>
    /// <returns>How many elements follow. There are at least as many bytes, so the count is no means to make a reader allocate much.</returns>
    /// <exception cref="MessagePackException">It is something else, or the bytes left cannot hold so many elements.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadArrayHeader()
    {
        byte code = TakeByte();
        uint count = (uint)(code - MessagePackCode.MinFixArray);
        return count <= 15 && count <= _span.Length - _position ? (int)count : ReadLongArrayHeader(code, count);
    }

    /// <summary>Begins a map.</summary>
    /// <returns>How many pairs follow. There are at least twice as many bytes.</returns>
    /// <exception cref="MessagePackException">It is something else, or the bytes left cannot hold so many pairs.</exception>
    public int ReadMapHeader()
    {
        byte code = TakeByte();
        uint count = (uint)(code - MessagePackCode.MinFixMap);
        if (count > 15)
        {
            count = ReadCount(code, MessagePackCode.Map16, "A map");
        }

        if (count * 2L > Remaining || count > int.MaxValue)
        {
            Malformed.Count(count * 2L, Consumed, Remaining);
        }

        return (int)count;
    }

    /// <summary>Reads bytes into an array of their own, or null for nil.</summary>
    /// <exception cref="MessagePackException">It is neither.</exception>
    public byte[]? ReadBinary()
    {
        if (!TryReadBinaryHeader(out uint length))
        {
            return null;
        }

        CheckRemaining(length);
        byte[] bytes = length == 0 ? [] : GC.AllocateUninitializedArray<byte>(CheckedLength(length));
        TakeInto(bytes);
        return bytes;
    }

    /// <summary>Reads bytes in place. Valid until the next read.</summary>
    /// <exception cref="MessagePackException">It is something else; nil is.</exception>
    public ReadOnlySpan<byte> ReadBinarySpan()
    {
        if (!TryReadBinaryHeader(out uint length))
        {
            Malformed.Unexpected(MessagePackCode.Nil, "Binary", Consumed - 1);
        }

        return Take(length);
    }

    /// <summary>Begins an extension: its content are the next <paramref name="length"/> bytes, which <see cref="ReadRawBytes"/> takes.</summary>
    /// <param name="type">The extension's type; those below 0 are reserved by the specification.</param>
    /// <param name="length">The length of its content in bytes, all of which are there.</param>
    /// <exception cref="MessagePackException">It is something else.</exception>
    public void ReadExtensionHeader(out sbyte type, out int length)
    {
        byte code = TakeByte();
        if (!TryReadExtensionLength(code, out uint size))
        {
            Malformed.Unexpected(code, "An extension", Consumed - 1);
        }

        type = (sbyte)TakeByte();
        CheckRemaining(size);
        length = CheckedLength(size);
    }

    /// <summary>Takes the next bytes as they are: the content of an extension. Valid until the next read.</summary>
    /// <exception cref="MessagePackException">There are fewer.</exception>
    public ReadOnlySpan<byte> ReadRawBytes(int length)
    {
        CheckRemaining((uint)length);
        return Take((uint)length);
    }

    private int ReadLongArrayHeader(byte code, uint count)
    {
        if (count > 15)
        {
            count = ReadCount(code, MessagePackCode.Array16, "An array");
        }

        if (count > Remaining || count > int.MaxValue)
        {
            Malformed.Count(count, Consumed, Remaining);
        }

        return (int)count;
    }

    private uint ReadCount(byte code, byte code16, string expected)
    {
        if (code == code16)
        {
            return TakeUInt16();
        }

        if (code != code16 + 1)
        {
            Malformed.Unexpected(code, expected, Consumed - 1);
        }

        return TakeUInt32();
    }

    private bool TryReadBinaryHeader(out uint length)
    {
        byte code = TakeByte();
        length = 0;
        switch (code)
        {
            case MessagePackCode.Bin8:
                length = TakeByte();
                return true;
            case MessagePackCode.Bin16:
                length = TakeUInt16();
                return true;
            case MessagePackCode.Bin32:
                length = TakeUInt32();
                return true;
            case MessagePackCode.Nil:
                return false;
            default:
                Malformed.Unexpected(code, "Binary", Consumed - 1);
                return false;
        }
    }

    private bool TryReadExtensionLength(byte code, out uint length)
    {
        switch (code)
        {
            case >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16:
                length = 1u << (code - MessagePackCode.FixExt1);
                return true;
            case MessagePackCode.Ext8:
                length = TakeByte();
                return true;
            case MessagePackCode.Ext16:
                length = TakeUInt16();
                return true;
            case MessagePackCode.Ext32:
                length = TakeUInt32();
                return true;
            default:
                length = 0;
                return false;
        }
    }
}
