using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A sorted dictionary as a map in its order; read in the default order; null is nil. A key that comes twice is refused.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<SortedDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedDictionary<TKey, TValue>? value)
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
    public static SortedDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Entries.Begin(ref reader);
        var value = new SortedDictionary<TKey, TValue>();
        for (int i = 0; i < count; i++)
        {
            TKey key = Entries.ReadKey<TKey, TKeyCodec>(ref reader);
            if (!Sorted.TryAdd(value, key, TValueCodec.Read(ref reader)))
            {
                Malformed.Duplicate(reader.Consumed);
            }
        }

        reader.Leave();
        return value;
    }
}

/// <summary>A sorted list as a map in its order; read in the default order; null is nil. A key that comes twice is refused.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SortedListCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<SortedList<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, SortedList<TKey, TValue>? value)
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
    public static SortedList<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        // Sorted at the end: inserting keys that come in descending order would move all others each time.
        SortedDictionary<TKey, TValue>? values = SortedDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec>.Read(ref reader);
        return values is null ? null : new SortedList<TKey, TValue>(values);
    }
}
