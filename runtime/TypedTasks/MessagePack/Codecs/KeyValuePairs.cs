using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A pair as an array of key and value (MessagePack-CSharp's <c>KeyValuePairFormatter</c>).</summary>
/// <typeparam name="TKey">The type of the key.</typeparam>
/// <typeparam name="TValue">The type of the value.</typeparam>
/// <typeparam name="TKeyCodec">The codec of the key.</typeparam>
/// <typeparam name="TValueCodec">The codec of the value.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeyValuePairCodec<TKey, TValue, TKeyCodec, TValueCodec> : IPayloadCodec<KeyValuePair<TKey, TValue>>
    where TKeyCodec : IPayloadCodec<TKey>
    where TValueCodec : IPayloadCodec<TValue>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, KeyValuePair<TKey, TValue> value)
    {
        writer.WriteArrayHeader(2);
        writer.Enter();
        TKeyCodec.Write(ref writer, value.Key);
        TValueCodec.Write(ref writer, value.Value);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static KeyValuePair<TKey, TValue> Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 2);
        reader.Enter();
        TKey key = TKeyCodec.Read(ref reader);
        TValue value = TValueCodec.Read(ref reader);
        reader.Leave();
        return new KeyValuePair<TKey, TValue>(key, value);
    }
}
