using System.Collections.Immutable;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TypedTasks.MessagePack;

/// <summary>An immutable array as an array; the default one is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableArrayCodec<T, TCodec> : IPayloadCodec<ImmutableArray<T>>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableArray<T> value)
    {
        if (value.IsDefault)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TCodec>(ref writer, value.AsSpan());
        }
    }

    /// <inheritdoc/>
    public static ImmutableArray<T> Read(ref MessagePackReader reader)
    {
        return ImmutableCollectionsMarshal.AsImmutableArray(ArrayCodec<T, TCodec>.Read(ref reader));
    }
}

/// <summary>An immutable list as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableListCodec<T, TCodec> : IPayloadCodec<ImmutableList<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableList<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableList<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader) is { } values ? ImmutableList.Create(values) : null;
}

/// <summary>An immutable queue as an array, the first to leave it first; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableQueueCodec<T, TCodec> : IPayloadCodec<ImmutableQueue<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableQueue<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ImmutableQueue<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader) is { } values ? ImmutableQueue.Create(values) : null;
}

/// <summary>An immutable stack as an array, the top first; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableStackCodec<T, TCodec> : IPayloadCodec<ImmutableStack<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableStack<T>? value)
    {
        Elements.Write<T, TCodec>(ref writer, value);
    }

    /// <inheritdoc/>
    public static ImmutableStack<T>? Read(ref MessagePackReader reader)
    {
        if (ArrayCodec<T, TCodec>.Read(ref reader) is not { } values)
        {
            return null;
        }

        Array.Reverse(values);
        return ImmutableStack.Create(values);
    }
}
