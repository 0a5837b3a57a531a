using System.Buffers.Binary;
using System.ComponentModel;
using System.Numerics;
using System.Text;

namespace TypedTasks.MessagePack;

/// <summary>A UTF-16 unit as an integer (MessagePack-CSharp's <c>CharFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CharCodec : IPayloadCodec<char>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, char value) => writer.Write((ushort)value);

    /// <inheritdoc/>
    public static char Read(ref MessagePackReader reader) => (char)reader.ReadUInt16();
}

/// <summary>A Unicode scalar value as an integer (MessagePack-CSharp's <c>RuneFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct RuneCodec : IPayloadCodec<Rune>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Rune value) => writer.Write(value.Value);

    /// <inheritdoc/>
    public static Rune Read(ref MessagePackReader reader)
    {
        if (!Rune.TryCreate(reader.ReadInt32(), out Rune value))
        {
            Malformed.OutOfRange(nameof(Rune), reader.Consumed);
        }

        return value;
    }
}

/// <summary>A 16-bit float as a 32-bit one (MessagePack-CSharp's <c>HalfFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HalfCodec : IPayloadCodec<Half>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Half value) => writer.Write((float)value);

    /// <inheritdoc/>
    public static Half Read(ref MessagePackReader reader) => (Half)reader.ReadSingle();
}

/// <summary>16 bytes of binary, little-endian (MessagePack-CSharp's <c>Int128Formatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Int128Codec : IPayloadCodec<Int128>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Int128 value) => UInt128Codec.Write(ref writer, (UInt128)value);

    /// <inheritdoc/>
    public static Int128 Read(ref MessagePackReader reader) => (Int128)UInt128Codec.Read(ref reader);
}

/// <summary>16 bytes of binary, little-endian (MessagePack-CSharp's <c>UInt128Formatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct UInt128Codec : IPayloadCodec<UInt128>
{
    private const int Size = 16;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, UInt128 value)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, value);
        writer.WriteBinary(bytes);
    }

    /// <inheritdoc/>
    public static UInt128 Read(ref MessagePackReader reader)
    {
        ReadOnlySpan<byte> bytes = reader.ReadBinarySpan();
        if (bytes.Length != Size)
        {
            Malformed.Invalid("a 128-bit integer of 16 bytes", reader.Consumed);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(bytes);
    }
}

/// <summary>Binary: two's complement, little-endian, as <see cref="BigInteger.ToByteArray()"/> gives it (MessagePack-CSharp's <c>BigIntegerFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct BigIntegerCodec : IPayloadCodec<BigInteger>
{
    private const int StackLimit = 256;

    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, BigInteger value)
    {
        Span<byte> bytes = stackalloc byte[StackLimit];
        writer.WriteBinary(value.TryWriteBytes(bytes, out int length) ? bytes[..length] : value.ToByteArray());
    }

    /// <inheritdoc/>
    public static BigInteger Read(ref MessagePackReader reader)
    {
        try
        {
            return new BigInteger(reader.ReadBinarySpan());
        }
        catch (OverflowException e)
        {
            // Beyond 2^31 bits, the most that .NET represents.
            throw new MessagePackException($"The integer before byte {reader.Consumed} is too large.", e);
        }
    }
}

/// <summary>An array of the real and the imaginary part (MessagePack-CSharp's <c>ComplexFormatter</c>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ComplexCodec : IPayloadCodec<Complex>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Complex value)
    {
        writer.WriteArrayHeader(2);
        writer.Write(value.Real);
        writer.Write(value.Imaginary);
    }

    /// <inheritdoc/>
    public static Complex Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 2);
        return new Complex(reader.ReadDouble(), reader.ReadDouble());
    }
}
