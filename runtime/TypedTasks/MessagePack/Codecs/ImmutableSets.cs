using System.Collections.Frozen;
using System.Collections.Immutable;
using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>An immutable set as an array, read as <see cref="HashSetCodec{T, TCodec}"/> says; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableHashSetCodec<T, TCodec> : IPayloadCodec<ImmutableHashSet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableHashSet<T>? value)
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
    public static ImmutableHashSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        WireComparer<T>? comparer = WireComparer<T>.For(count);
        ImmutableHashSet<T>.Builder value = ImmutableHashSet.CreateBuilder<T>(comparer);
        for (int i = 0; i < count; i++)
        {
            value.Add(TCodec.Read(ref reader));
        }

        reader.Leave();
        comparer?.Seal();
        return value.ToImmutable();
    }
}

/// <summary>An immutable sorted set as an array in its order; read in the default order; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableSortedSetCodec<T, TCodec> : IPayloadCodec<ImmutableSortedSet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedSet<T>? value)
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
    public static ImmutableSortedSet<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        ImmutableSortedSet<T>.Builder value = ImmutableSortedSet.CreateBuilder<T>();
        for (int i = 0; i < count; i++)
        {
            Sorted.Add(value, TCodec.Read(ref reader));
        }

        reader.Leave();
        return value.ToImmutable();
    }
}

/// <summary>A frozen set as an array, read as <see cref="HashSetCodec{T, TCodec}"/> says; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrozenSetCodec<T, TCodec> : IPayloadCodec<FrozenSet<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenSet<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static FrozenSet<T>? Read(ref MessagePackReader reader) =>
        HashSetCodec<T, TCodec>.Read(ref reader) is { } values ? values.ToFrozenSet(values.Comparer) : null;
}
