using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A read-only dictionary as a map, read as <see cref="DictionaryCodec{TKey, TValue, TKeyCodec, TValueCodec}"/> says; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<ReadOnlyDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyDictionary<TKey, TValue>? value) =>
        Entries.Write<TKey, TValue, TKeyCodec, TValueCodec>(ref writer, value, value?.Count ?? 0);

    /// <inheritdoc/>
    public static ReadOnlyDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        DictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec>.Read(ref reader) is { } values ? new ReadOnlyDictionary<TKey, TValue>(values) : null;
}

/// <summary>A frozen dictionary as a map, read as <see cref="DictionaryCodec{TKey, TValue, TKeyCodec, TValueCodec}"/> says; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct FrozenDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<FrozenDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, FrozenDictionary<TKey, TValue>? value) =>
        Entries.Write<TKey, TValue, TKeyCodec, TValueCodec>(ref writer, value, value?.Count ?? 0);

    /// <inheritdoc/>
    public static FrozenDictionary<TKey, TValue>? Read(ref MessagePackReader reader) =>
        DictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec>.Read(ref reader) is { } values ? values.ToFrozenDictionary(values.Comparer) : null;
}

/// <summary>A dictionary as a map, read as <see cref="DictionaryCodec{TKey, TValue, TKeyCodec, TValueCodec}"/> says; writes a snapshot; null is nil.</summary>
/// <typeparam name="TKey">The type of the keys.</typeparam>
/// <typeparam name="TValue">The type of the values.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the keys.</typeparam>
/// <typeparam name="TValueCodec">The codec of the values.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConcurrentDictionaryCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<ConcurrentDictionary<TKey, TValue>?>
    where TKey : notnull
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentDictionary<TKey, TValue>? value)
    {
        // Others may change it meanwhile.
        KeyValuePair<TKey, TValue>[]? entries = value?.ToArray();
        Entries.Write<TKey, TValue, TKeyCodec, TValueCodec>(ref writer, entries, entries?.Length ?? 0);
    }

    /// <inheritdoc/>
    public static ConcurrentDictionary<TKey, TValue>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Entries.Begin(ref reader);
        WireComparer<TKey>? comparer = WireComparer<TKey>.For(count);
        var value = new ConcurrentDictionary<TKey, TValue>(comparer);
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
