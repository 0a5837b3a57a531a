using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <content>
/// Nil, booleans, integers and floats: spec.md#nil-format, #bool-format-family, #int-format-family, #float-format-family.
/// An integer is read from every integer encoding, however wide, if its value fits; never from a float. A float is read from every number.
/// </content>
public ref partial struct MessagePackReader
{
    /// <summary>Reads nil if it is next.</summary>
    /// <returns>Whether nil was read. If not, nothing was consumed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReadNil()
    {
        if (NextCode != MessagePackCode.Nil)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads true or false.</summary>
    /// <exception cref="MessagePackException">It is something else.</exception>
    public bool ReadBoolean()
    {
        byte code = TakeByte();
        if ((code & 0xfe) != MessagePackCode.False)
        {
            Malformed.Unexpected(code, "A boolean", Consumed - 1);
        }

        return code == MessagePackCode.True;
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    public byte ReadByte()
    {
        ulong value = ReadUInt64();
        return value <= byte.MaxValue ? (byte)value : (byte)OutOfRange(nameof(Byte));
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    public sbyte ReadSByte()
    {
        long value = ReadInt64();
        return (sbyte)value == value ? (sbyte)value : (sbyte)OutOfRange(nameof(SByte));
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    public short ReadInt16()
    {
        long value = ReadInt64();
        return (short)value == value ? (short)value : (short)OutOfRange(nameof(Int16));
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    public ushort ReadUInt16()
    {
        ulong value = ReadUInt64();
        return value <= ushort.MaxValue ? (ushort)value : (ushort)OutOfRange(nameof(UInt16));
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int ReadInt32()
    {
        byte code = TakeByte();
        return code is <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt ? (sbyte)code : ReadWideInt32(code);
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    public uint ReadUInt32()
    {
        ulong value = ReadUInt64();
        return value <= uint.MaxValue ? (uint)value : (uint)OutOfRange(nameof(UInt32));
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long ReadInt64()
    {
        byte code = TakeByte();
        return code is <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt ? (sbyte)code : ReadWideInt64(code);
    }

    /// <summary>Reads an integer.</summary>
    /// <exception cref="MessagePackException">It is something else or does not fit.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong ReadUInt64()
    {
        byte code = TakeByte();
        return code <= MessagePackCode.MaxFixInt ? code : ReadWideUInt64(code);
    }

    /// <summary>Reads a number as a 32-bit float, rounded to the nearest if it is wider.</summary>
    /// <exception cref="MessagePackException">It is something else.</exception>
    public float ReadSingle()
    {
        byte code = TakeByte();
        return code == MessagePackCode.Float32 ? BitConverter.UInt32BitsToSingle(TakeUInt32()) : (float)ReadDouble(code);
    }

    /// <summary>Reads a number as a 64-bit float; an integer beyond 2^53 is rounded to the nearest.</summary>
    /// <exception cref="MessagePackException">It is something else.</exception>
    public double ReadDouble()
    {
        byte code = TakeByte();
        return code == MessagePackCode.Float64 ? BitConverter.UInt64BitsToDouble(TakeUInt64()) : ReadDouble(code);
    }

    private double ReadDouble(byte code) => code switch
    {
        MessagePackCode.Float32 => BitConverter.UInt32BitsToSingle(TakeUInt32()),
        MessagePackCode.Float64 => BitConverter.UInt64BitsToDouble(TakeUInt64()),
        MessagePackCode.UInt64 => TakeUInt64(),
        <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt => (sbyte)code,
        _ => ReadWideInt64(code, "A number"),
    };

    /// <summary>Reads an integer of more than its code. Those of one or two bytes, the usual ones, move on once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int ReadWideInt32(byte code)
    {
        ReadOnlySpan<byte> span = _span;
        int position = _position;
        if (code == MessagePackCode.UInt8 && (uint)position < (uint)span.Length)
        {
            _position = position + 1;
            return span[position];
        }

        if (code == MessagePackCode.UInt16 && span.Length - position >= 2)
        {
            _position = position + 2;
            return BinaryPrimitives.ReadUInt16BigEndian(span[position..]);
        }

        return ReadAnyInt32(code);
    }

    private int ReadAnyInt32(byte code)
    {
        long value = ReadWideInt64(code);
        return (int)value == value ? (int)value : (int)OutOfRange(nameof(Int32));
    }

    private long ReadWideInt64(byte code, string expected = "An integer")
    {
        switch (code)
        {
            case MessagePackCode.UInt8:
                return TakeByte();
            case MessagePackCode.UInt16:
                return TakeUInt16();
            case MessagePackCode.UInt32:
                return TakeUInt32();
            case MessagePackCode.UInt64:
                ulong value = TakeUInt64();
                return value <= long.MaxValue ? (long)value : OutOfRange(nameof(Int64));
            case MessagePackCode.Int8:
                return (sbyte)TakeByte();
            case MessagePackCode.Int16:
                return (short)TakeUInt16();
            case MessagePackCode.Int32:
                return (int)TakeUInt32();
            case MessagePackCode.Int64:
                return (long)TakeUInt64();
            default:
                Malformed.Unexpected(code, expected, Consumed - 1);
                return 0;
        }
    }

    private ulong ReadWideUInt64(byte code)
    {
        switch (code)
        {
            case MessagePackCode.UInt8:
                return TakeByte();
            case MessagePackCode.UInt16:
                return TakeUInt16();
            case MessagePackCode.UInt32:
                return TakeUInt32();
            case MessagePackCode.UInt64:
                return TakeUInt64();
            case >= MessagePackCode.MinNegativeFixInt:
                return (ulong)OutOfRange("an unsigned integer");
            default:
                long value = ReadWideInt64(code);
                return value >= 0 ? (ulong)value : (ulong)OutOfRange("an unsigned integer");
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private readonly long OutOfRange(string type)
    {
        Malformed.OutOfRange(type, Consumed);
        return 0;
    }
}
