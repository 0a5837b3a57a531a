using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A value tuple of five elements as an array.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="T4">The type of element 4.</typeparam>
/// <typeparam name="T5">The type of element 5.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
/// <typeparam name="TCodec4">The codec of element 4.</typeparam>
/// <typeparam name="TCodec5">The codec of element 5.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleCodec<T1, T2, T3, T4, T5, TCodec1, TCodec2, TCodec3, TCodec4, TCodec5> : IPayloadCodec<ValueTuple<T1, T2, T3, T4, T5>>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
    where TCodec4 : IPayloadCodec<T4>
    where TCodec5 : IPayloadCodec<T5>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5> value)
    {
        writer.WriteArrayHeader(5);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5> Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 5);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        T4 item4 = TCodec4.Read(ref reader);
        T5 item5 = TCodec5.Read(ref reader);
        reader.Leave();
        return new ValueTuple<T1, T2, T3, T4, T5>(item1, item2, item3, item4, item5);
    }
}

/// <summary>A value tuple of six elements as an array.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="T4">The type of element 4.</typeparam>
/// <typeparam name="T5">The type of element 5.</typeparam>
/// <typeparam name="T6">The type of element 6.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
/// <typeparam name="TCodec4">The codec of element 4.</typeparam>
/// <typeparam name="TCodec5">The codec of element 5.</typeparam>
/// <typeparam name="TCodec6">The codec of element 6.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleCodec<T1, T2, T3, T4, T5, T6, TCodec1, TCodec2, TCodec3, TCodec4, TCodec5, TCodec6> : IPayloadCodec<ValueTuple<T1, T2, T3, T4, T5, T6>>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
    where TCodec4 : IPayloadCodec<T4>
    where TCodec5 : IPayloadCodec<T5>
    where TCodec6 : IPayloadCodec<T6>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6> value)
    {
        writer.WriteArrayHeader(6);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6> Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 6);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        T4 item4 = TCodec4.Read(ref reader);
        T5 item5 = TCodec5.Read(ref reader);
        T6 item6 = TCodec6.Read(ref reader);
        reader.Leave();
        return new ValueTuple<T1, T2, T3, T4, T5, T6>(item1, item2, item3, item4, item5, item6);
    }
}

/// <summary>A value tuple of seven elements as an array.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="T4">The type of element 4.</typeparam>
/// <typeparam name="T5">The type of element 5.</typeparam>
/// <typeparam name="T6">The type of element 6.</typeparam>
/// <typeparam name="T7">The type of element 7.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
/// <typeparam name="TCodec4">The codec of element 4.</typeparam>
/// <typeparam name="TCodec5">The codec of element 5.</typeparam>
/// <typeparam name="TCodec6">The codec of element 6.</typeparam>
/// <typeparam name="TCodec7">The codec of element 7.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleCodec<T1, T2, T3, T4, T5, T6, T7, TCodec1, TCodec2, TCodec3, TCodec4, TCodec5, TCodec6, TCodec7> : IPayloadCodec<ValueTuple<T1, T2, T3, T4, T5, T6, T7>>
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
    where TCodec4 : IPayloadCodec<T4>
    where TCodec5 : IPayloadCodec<T5>
    where TCodec6 : IPayloadCodec<T6>
    where TCodec7 : IPayloadCodec<T7>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7> value)
    {
        writer.WriteArrayHeader(7);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
        TCodec7.Write(ref writer, value.Item7);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7> Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 7);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        T4 item4 = TCodec4.Read(ref reader);
        T5 item5 = TCodec5.Read(ref reader);
        T6 item6 = TCodec6.Read(ref reader);
        T7 item7 = TCodec7.Read(ref reader);
        reader.Leave();
        return new ValueTuple<T1, T2, T3, T4, T5, T6, T7>(item1, item2, item3, item4, item5, item6, item7);
    }
}

/// <summary>A value tuple of seven elements and the rest, which is a tuple within as an array.</summary>
/// <typeparam name="T1">The type of element 1.</typeparam>
/// <typeparam name="T2">The type of element 2.</typeparam>
/// <typeparam name="T3">The type of element 3.</typeparam>
/// <typeparam name="T4">The type of element 4.</typeparam>
/// <typeparam name="T5">The type of element 5.</typeparam>
/// <typeparam name="T6">The type of element 6.</typeparam>
/// <typeparam name="T7">The type of element 7.</typeparam>
/// <typeparam name="TRest">The type of the rest, itself a tuple.</typeparam>
/// <typeparam name="TCodec1">The codec of element 1.</typeparam>
/// <typeparam name="TCodec2">The codec of element 2.</typeparam>
/// <typeparam name="TCodec3">The codec of element 3.</typeparam>
/// <typeparam name="TCodec4">The codec of element 4.</typeparam>
/// <typeparam name="TCodec5">The codec of element 5.</typeparam>
/// <typeparam name="TCodec6">The codec of element 6.</typeparam>
/// <typeparam name="TCodec7">The codec of element 7.</typeparam>
/// <typeparam name="TRestCodec">The codec of the rest.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ValueTupleCodec<T1, T2, T3, T4, T5, T6, T7, TRest, TCodec1, TCodec2, TCodec3, TCodec4, TCodec5, TCodec6, TCodec7, TRestCodec> : IPayloadCodec<ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>>
    where TRest : struct
    where TCodec1 : IPayloadCodec<T1>
    where TCodec2 : IPayloadCodec<T2>
    where TCodec3 : IPayloadCodec<T3>
    where TCodec4 : IPayloadCodec<T4>
    where TCodec5 : IPayloadCodec<T5>
    where TCodec6 : IPayloadCodec<T6>
    where TCodec7 : IPayloadCodec<T7>
    where TRestCodec : IPayloadCodec<TRest>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> value)
    {
        writer.WriteArrayHeader(8);
        writer.Enter();
        TCodec1.Write(ref writer, value.Item1);
        TCodec2.Write(ref writer, value.Item2);
        TCodec3.Write(ref writer, value.Item3);
        TCodec4.Write(ref writer, value.Item4);
        TCodec5.Write(ref writer, value.Item5);
        TCodec6.Write(ref writer, value.Item6);
        TCodec7.Write(ref writer, value.Item7);
        TRestCodec.Write(ref writer, value.Rest);
        writer.Leave();
    }

    /// <inheritdoc/>
    public static ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest> Read(ref MessagePackReader reader)
    {
        Payload.ReadExactArrayHeader(ref reader, 8);
        reader.Enter();
        T1 item1 = TCodec1.Read(ref reader);
        T2 item2 = TCodec2.Read(ref reader);
        T3 item3 = TCodec3.Read(ref reader);
        T4 item4 = TCodec4.Read(ref reader);
        T5 item5 = TCodec5.Read(ref reader);
        T6 item6 = TCodec6.Read(ref reader);
        T7 item7 = TCodec7.Read(ref reader);
        TRest rest = TRestCodec.Read(ref reader);
        reader.Leave();
        return new ValueTuple<T1, T2, T3, T4, T5, T6, T7, TRest>(item1, item2, item3, item4, item5, item6, item7, rest);
    }
}
