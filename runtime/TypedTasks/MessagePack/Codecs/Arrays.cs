using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>An array as an array; null is nil. <c>byte[]</c> has a codec of its own, <see cref="ByteArrayCodec"/>.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArrayCodec<T, TCodec> : IPayloadCodec<T[]?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[]? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            // As a read-only span an array of a derived type passes.
            Elements.Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(value));
        }
    }

    /// <inheritdoc/>
    public static T[]? Read(ref MessagePackReader reader) => reader.TryReadNil() ? null : Elements.ReadArray<T, TCodec>(ref reader);
}

/// <summary>Memory of other elements than bytes as an array; nil is read as empty (MessagePack-CSharp's <c>MemoryFormatter</c>).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct MemoryCodec<T, TCodec> : IPayloadCodec<Memory<T>>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Memory<T> value) => Elements.Write<T, TCodec>(ref writer, value.Span);

    /// <inheritdoc/>
    public static Memory<T> Read(ref MessagePackReader reader) => ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>Memory of other elements than bytes as an array; nil is read as empty (MessagePack-CSharp's <c>ReadOnlyMemoryFormatter</c>).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyMemoryCodec<T, TCodec> : IPayloadCodec<ReadOnlyMemory<T>>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyMemory<T> value) => Elements.Write<T, TCodec>(ref writer, value.Span);

    /// <inheritdoc/>
    public static ReadOnlyMemory<T> Read(ref MessagePackReader reader) => ArrayCodec<T, TCodec>.Read(ref reader);
}

/// <summary>Part of an array as an array; the default segment, which has no array, is nil (MessagePack-CSharp's <c>ArraySegmentFormatter</c>).</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ArraySegmentCodec<T, TCodec> : IPayloadCodec<ArraySegment<T>>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ArraySegment<T> value)
    {
        if (value.Array is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(value.Array, value.Offset, value.Count));
        }
    }

    /// <inheritdoc/>
    public static ArraySegment<T> Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader) is { } values ? values : default(ArraySegment<T>);
}
