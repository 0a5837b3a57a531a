namespace TypedTasks.MessagePack;

/// <summary>What the codecs of dictionaries share.</summary>
internal static class Entries
{
    /// <summary>Begins a map that was not nil.</summary>
    public static int Begin(ref MessagePackReader reader)
    {
        int count = reader.ReadMapHeader();
        reader.Enter();
        return count;
    }

    public static TKey ReadKey<TKey, TKeyCodec>(ref MessagePackReader reader)
        where TKeyCodec : IPayloadCodec<TKey>
    {
        TKey key = TKeyCodec.Read(ref reader);
        if (key is null)
        {
            Malformed.Invalid("a key: it is nil", reader.Consumed);
        }

        return key;
    }

    /// <summary>Writes a map known only by an interface, or nil.</summary>
    public static void Write<TKey, TValue, TKeyCodec, TValueCodec>(
        ref MessagePackWriter writer,
        IEnumerable<KeyValuePair<TKey, TValue>>? entries,
        int count)
        where TKeyCodec : IPayloadCodec<TKey>
        where TValueCodec : IPayloadCodec<TValue>
    {
        if (entries is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteMapHeader(count);
        writer.Enter();
        foreach (KeyValuePair<TKey, TValue> entry in entries)
        {
            count--;
            TKeyCodec.Write(ref writer, entry.Key);
            TValueCodec.Write(ref writer, entry.Value);
        }

        writer.Leave();
        if (count != 0)
        {
            Elements.ThrowChanged();
        }
    }
}
