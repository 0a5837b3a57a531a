using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A set as an array. An element that comes twice is kept once. A set of more than 256 elements other than strings has a comparer that equals the default one but hashes with a secret; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct HashSetCodec<T, TCodec> : IPayloadCodec<HashSet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, HashSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        writer.Enter();
        foreach (T item in value)
        {
            TCodec.Write(ref writer, item);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public static HashSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        WireComparer<T>? comparer = WireComparer<T>.For(count);
        var value = new HashSet<T>(Elements.Capacity<T>(count), comparer);
        for (int i = 0; i < count; i++)
        {
            value.Add(TCodec.Read(ref reader));
        }

        reader.Leave();
        comparer?.Seal();
        return value;
    }
}

/// <summary>A set as an array; read as a <see cref="HashSet{T}"/>; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SetInterfaceCodec<T, TCodec> : IPayloadCodec<ISet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ISet<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ISet<T>? Read(ref MessagePackReader reader) =>
        HashSetCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A set as an array; read as a <see cref="HashSet{T}"/>; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlySetInterfaceCodec<T, TCodec> : IPayloadCodec<IReadOnlySet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlySet<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static IReadOnlySet<T>? Read(ref MessagePackReader reader) =>
        HashSetCodec<T, TCodec>.Read(ref reader);
}

/// <summary>A sorted set as an array in its order; read in the default order. An element that comes twice is kept once; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedSetCodec<T, TCodec> : IPayloadCodec<SortedSet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedSet<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        writer.Enter();
        foreach (T item in value)
        {
            TCodec.Write(ref writer, item);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public static SortedSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new SortedSet<T>();
        for (int i = 0; i < count; i++)
        {
            Sorted.Add(value, TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}
