using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>Bytes as binary; null is nil. Reading allocates an array of exactly the length that is there.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteArrayCodec : IPayloadCodec<byte[]?>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, byte[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteBinary(value);
        }
    }

    /// <inheritdoc/>
    public static byte[]? Read(ref MessagePackReader reader) => reader.ReadBinary();
}

/// <summary>Bytes as binary; nil is read as empty. Reading allocates an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteMemoryCodec : IPayloadCodec<Memory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<byte> value) => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static Memory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary();
}

/// <summary>Bytes as binary; nil is read as empty. Reading allocates an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteReadOnlyMemoryCodec : IPayloadCodec<ReadOnlyMemory<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<byte> value) => writer.WriteBinary(value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<byte> Read(ref MessagePackReader reader) => reader.ReadBinary();
}

/// <summary>Bytes as binary; the default segment, which has no array, is nil. Reading allocates an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ByteArraySegmentCodec : IPayloadCodec<ArraySegment<byte>>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ArraySegment<byte> value)
    {
        if (value.Array is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteBinary(value);
        }
    }

    /// <inheritdoc/>
    public static ArraySegment<byte> Read(ref MessagePackReader reader) => reader.ReadBinary() is { } bytes ? bytes : default(ArraySegment<byte>);
}
