using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A dictionary as a map; null is nil. A key that comes twice is refused. A dictionary of more than 256 keys other than strings has a comparer that equals the default one but hashes with a secret.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<Dictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Dictionary<TKey, TValue>? value)
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
    public static Dictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Entries.Begin(ref reader);
        WireComparer<TKey>? comparer = WireComparer<TKey>.For(count);
        var value = new Dictionary<TKey, TValue>(Elements.Capacity<KeyValuePair<TKey, TValue>>(count), comparer);
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
        return value;
    }
}

/// <summary>A dictionary as a map; read as a <see cref="Dictionary{TKey, TValue}"/>; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DictionaryInterfaceCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<IDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IDictionary<TKey, TValue>? value) =>
        Entries.Write<TKey, TValue, TKeyCodec, TValueCodec>(ref writer, value, value?.Count ?? 0);

    /// <inheritdoc/>
    public static IDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        DictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec>.Read(ref reader);
}

/// <summary>A dictionary as a map; read as a <see cref="Dictionary{TKey, TValue}"/>; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyDictionaryInterfaceCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<IReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, IReadOnlyDictionary<TKey, TValue>? value) =>
        Entries.Write<TKey, TValue, TKeyCodec, TValueCodec>(ref writer, value, value?.Count ?? 0);

    /// <inheritdoc/>
    public static IReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        DictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec>.Read(ref reader);
}
