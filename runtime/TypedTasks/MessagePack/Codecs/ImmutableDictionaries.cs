using System.Collections.Immutable;
using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>An immutable dictionary as a map, read as <see cref="DictionaryCodec{TKey, TValue, TKeyCodec, TValueCodec}"/> says; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<ImmutableDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(value.Count);
        writer.Enter();
        foreach (KeyValuePair<TKey, TValue> item in value)
        {
            TKeyCodec.Write(ref writer, item.Key);
            TValueCodec.Write(ref writer, item.Value);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public static ImmutableDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Entries.Begin(ref reader);
        WireComparer<TKey>? comparer = WireComparer<TKey>.For(count);
        ImmutableDictionary<TKey, TValue>.Builder value = ImmutableDictionary.CreateBuilder<TKey, TValue>(comparer);
        for (int i = 0; i < count; i++)
        {
            TKey key = Entries.ReadKey<TKey, TKeyCodec>(ref reader);
            if (!value.TryAdd(key, TValueCodec.Read(ref reader)))
            {
                Malformed.Duplicate(reader.Consumed);
            }
        }

        reader.Leave();
        comparer?.Seal();
        return value.ToImmutable();
    }
}

/// <summary>An immutable sorted dictionary as a map in its order; read in the default order; null is nil. A key that comes twice is refused.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ImmutableSortedDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<ImmutableSortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ImmutableSortedDictionary<TKey, TValue>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(value.Count);
        writer.Enter();
        foreach (KeyValuePair<TKey, TValue> item in value)
        {
            TKeyCodec.Write(ref writer, item.Key);
            TValueCodec.Write(ref writer, item.Value);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public static ImmutableSortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Entries.Begin(ref reader);
        ImmutableSortedDictionary<TKey, TValue>.Builder value = ImmutableSortedDictionary.CreateBuilder<TKey, TValue>();
        for (int i = 0; i < count; i++)
        {
            TKey key = Entries.ReadKey<TKey, TKeyCodec>(ref reader);
            if (!Sorted.TryAdd(value, key, TValueCodec.Read(ref reader)))
            {
                Malformed.Duplicate(reader.Consumed);
            }
        }

        reader.Leave();
        return value.ToImmutable();
    }
}
