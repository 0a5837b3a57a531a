using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Arrays, maps, binary and extensions: spec.md#array-format-family, #map-format-family, #bin-format-family, #ext-format-family.</content>
public ref partial struct MessagePackWriter
{
    /// <summary>Begins an array: the next <paramref name="count"/> values are its elements.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteArrayHeader(int count)
    {
        if ((uint)count <= 15)
        {
            Reserve(1) = (byte)(MessagePackCode.MinFixArray | count);
            _position++;
        }
        else
        {
            WriteLongHeader(MessagePackCode.Array16, count);
        }
    }

    /// <summary>Begins a map: the next <paramref name="count"/> pairs of values are its keys and values.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteMapHeader(int count)
    {
        if ((uint)count <= 15)
        {
            Reserve(1) = (byte)(MessagePackCode.MinFixMap | count);
            _position++;
        }
        else
        {
            WriteLongHeader(MessagePackCode.Map16, count);
        }
    }

    /// <summary>Writes bytes.</summary>
    public void WriteBinary(scoped ReadOnlySpan<byte> value)
    {
        CheckLength(value.Length);
        ref byte at = ref Reserve(checked(value.Length + 5));
        int header;
        if (value.Length <= byte.MaxValue)
        {
            at = MessagePackCode.Bin8;
            Unsafe.Add(ref at, 1) = (byte)value.Length;
            header = 2;
        }
        else
        {
            header = Header(ref at, MessagePackCode.Bin16, (uint)value.Length);
        }

        value.CopyTo(_buffer[(_position + header)..]);
        _position += header + value.Length;
    }

    /// <summary>Begins an extension: the next <paramref name="length"/> raw bytes are its content.</summary>
    /// <param name="type">The extension's type; those below 0 are reserved by the specification.</param>
    /// <param name="length">The length of its content, in bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public void WriteExtensionHeader(sbyte type, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ref byte at = ref Reserve(6);
        int size = 1;
        switch (length)
        {
            case 1:
                at = MessagePackCode.FixExt1;
                break;
            case 2:
                at = MessagePackCode.FixExt2;
                break;
            case 4:
                at = MessagePackCode.FixExt4;
                break;
            case 8:
                at = MessagePackCode.FixExt8;
                break;
            case 16:
                at = MessagePackCode.FixExt16;
                break;
            case <= byte.MaxValue:
                at = MessagePackCode.Ext8;
                Unsafe.Add(ref at, 1) = (byte)length;
                size = 2;
                break;
            default:
                size = Header(ref at, MessagePackCode.Ext16, (uint)length);
                break;
        }

        Unsafe.Add(ref at, size) = unchecked((byte)type);
        _position += size + 1;
    }

    private void WriteLongHeader(byte code16, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        // Reserving may move the position, so it comes first.
        ref byte at = ref Reserve(5);
        _position += Header(ref at, code16, (uint)count);
    }

    /// <summary>Writes the 16-bit form, or the 32-bit form, whose code is always the next one.</summary>
    private static int Header(ref byte at, byte code16, uint length)
    {
        if (length <= ushort.MaxValue)
        {
            BigEndian.Write(ref at, code16, (ushort)length);
            return 3;
        }

        BigEndian.Write(ref at, (byte)(code16 + 1), length);
        return 5;
    }
}
