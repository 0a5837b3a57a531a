using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A tuple of one element as an array; null is nil.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TupleCodec<T1, TCodec1> : IPayloadCodec<Tuple<T1>?>
    where TCodec1 : IPayloadCodec<T1>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(1);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static Tuple<T1>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, 1);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        reader.Leave();
        return new Tuple<T1>(item1);
    }
}

/// <summary>A tuple of two elements as an array; null is nil.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TupleCodec<T1, T2, TCodec1, TCodec2> : IPayloadCodec<Tuple<T1, T2>?>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(2);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, 2);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        reader.Leave();
        return new Tuple<T1, T2>(item1, item2);
    }
}

/// <summary>A tuple of three elements as an array; null is nil.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TupleCodec<T1, T2, T3, TCodec1, TCodec2, TCodec3> : IPayloadCodec<Tuple<T1, T2, T3>?>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(3);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, 3);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        reader.Leave();
        return new Tuple<T1, T2, T3>(item1, item2, item3);
    }
}

/// <summary>A tuple of four elements as an array; null is nil.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="T4">The type of element 4.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
/// <typeparam name="TCodec4">The codec of element 4.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct TupleCodec<T1, T2, T3, T4, TCodec1, TCodec2, TCodec3, TCodec4> : IPayloadCodec<Tuple<T1, T2, T3, T4>?>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
    where TCodec4 : IPayloadCodec<T4>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Tuple<T1, T2, T3, T4>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(4);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static Tuple<T1, T2, T3, T4>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, 4);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        T4 item4 = TCodec4.Read(ref reader);
        reader.Leave();
        return new Tuple<T1, T2, T3, T4>(item1, item2, item3, item4);
    }
}
