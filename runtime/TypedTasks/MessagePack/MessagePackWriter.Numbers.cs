using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>Nil, booleans, integers and floats: spec.md#nil-format, #bool-format-family, #int-format-family, #float-format-family.</content>
public ref partial struct MessagePackWriter
{
    /// <summary>Writes nil.</summary>
    public void WriteNil()
    {
        Reserve(1) = MessagePackCode.Nil;
        _position++;
    }

    /// <summary>Writes true or false.</summary>
    public void Write(bool value)
    {
        Reserve(1) = value ? MessagePackCode.True : MessagePackCode.False;
        _position++;
    }

    /// <summary>Writes an integer in 1 or 2 bytes.</summary>
    public void Write(byte value) => Write((uint)value);

    /// <summary>Writes an integer in 1 or 2 bytes.</summary>
    public void Write(sbyte value) => Write((int)value);

    /// <summary>Writes an integer in 1 to 3 bytes.</summary>
    public void Write(short value) => Write((int)value);

    /// <summary>Writes an integer in 1 to 3 bytes.</summary>
    public void Write(ushort value) => Write((uint)value);

    /// <summary>Writes an integer in 1 to 5 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write(int value)
    {
        if (value is >= -32 and <= MessagePackCode.MaxFixInt)
        {
            Reserve(1) = unchecked((byte)value);
            _position++;
        }
        else
        {
            WriteWide(value);
        }
    }

    /// <summary>Writes an integer in 1 to 5 bytes.</summary>
    public void Write(uint value)
    {
        ref byte at = ref Reserve(5);
        if (value <= MessagePackCode.MaxFixInt)
        {
            at = (byte)value;
            _position++;
        }
        else
        {
            _position += Positive(ref at, value);
        }
    }

    /// <summary>Writes an integer in 1 to 9 bytes.</summary>
    public void Write(long value)
    {
        if (value >= 0)
        {
            Write((ulong)value);
        }
        else if (value >= int.MinValue)
        {
            Write((int)value);
        }
        else
        {
            BigEndian.Write(ref Reserve(9), MessagePackCode.Int64, unchecked((ulong)value));
            _position += 9;
        }
    }

    /// <summary>Writes an integer in 1 to 9 bytes.</summary>
    public void Write(ulong value)
    {
        if (value <= uint.MaxValue)
        {
            Write((uint)value);
        }
        else
        {
            BigEndian.Write(ref Reserve(9), MessagePackCode.UInt64, value);
            _position += 9;
        }
    }

    /// <summary>Writes a 32-bit float in 5 bytes.</summary>
    public void Write(float value)
    {
        BigEndian.Write(ref Reserve(5), MessagePackCode.Float32, BitConverter.SingleToUInt32Bits(value));
        _position += 5;
    }

    /// <summary>Writes a 64-bit float in 9 bytes.</summary>
    public void Write(double value)
    {
        BigEndian.Write(ref Reserve(9), MessagePackCode.Float64, BitConverter.DoubleToUInt64Bits(value));
        _position += 9;
    }

    private void WriteWide(int value)
    {
        ref byte at = ref Reserve(5);
        _position += value >= 0 ? Positive(ref at, (uint)value) : Negative(ref at, value);
    }

    private static int Positive(ref byte at, uint value)
    {
        switch (value)
        {
            case <= byte.MaxValue:
                at = MessagePackCode.UInt8;
                Unsafe.Add(ref at, 1) = (byte)value;
                return 2;
            case <= ushort.MaxValue:
                BigEndian.Write(ref at, MessagePackCode.UInt16, (ushort)value);
                return 3;
            default:
                BigEndian.Write(ref at, MessagePackCode.UInt32, value);
                return 5;
        }
    }

    private static int Negative(ref byte at, int value)
    {
        switch (value)
        {
            case >= sbyte.MinValue:
                at = MessagePackCode.Int8;
                Unsafe.Add(ref at, 1) = unchecked((byte)value);
                return 2;
            case >= short.MinValue:
                BigEndian.Write(ref at, MessagePackCode.Int16, unchecked((ushort)value));
                return 3;
            default:
                BigEndian.Write(ref at, MessagePackCode.Int32, unchecked((uint)value));
                return 5;
        }
    }
}
