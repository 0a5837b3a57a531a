using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedTasks.MessagePack;

/// <summary>A <c>T[,]</c> as an array of its two lengths and one array of all elements, row by row (MessagePack-CSharp's form); null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Array2Codec<T, TCodec> : IPayloadCodec<T[,]?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,]? value) => Rectangular.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static T[,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[2];
        T[]? values = Rectangular.Read<T, TCodec>(ref reader, lengths);
        return values is null ? null : (T[,])Rectangular.Fill(new T[lengths[0], lengths[1]], values);
    }
}

/// <summary>A <c>T[,,]</c> as an array of its three lengths and one array of all elements, row by row (MessagePack-CSharp's form); null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Array3Codec<T, TCodec> : IPayloadCodec<T[,,]?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,]? value) => Rectangular.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static T[,,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[3];
        T[]? values = Rectangular.Read<T, TCodec>(ref reader, lengths);
        return values is null ? null : (T[,,])Rectangular.Fill(new T[lengths[0], lengths[1], lengths[2]], values);
    }
}

/// <summary>A <c>T[,,,]</c> as an array of its four lengths and one array of all elements, row by row (MessagePack-CSharp's form); null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Array4Codec<T, TCodec> : IPayloadCodec<T[,,,]?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, T[,,,]? value) => Rectangular.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static T[,,,]? Read(ref MessagePackReader reader)
    {
        Span<int> lengths = stackalloc int[4];
        T[]? values = Rectangular.Read<T, TCodec>(ref reader, lengths);
        return values is null ? null : (T[,,,])Rectangular.Fill(new T[lengths[0], lengths[1], lengths[2], lengths[3]], values);
    }
}

/// <summary>What arrays of any rank share: their memory is one run of elements, the last index moving fastest, and so is the format.</summary>
file static class Rectangular
{
    public static void Write<T, TCodec>(ref MessagePackWriter writer, Array? array)
        where TCodec : IPayloadCodec<T>
    {
        if (array is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(array.Rank + 1);
        writer.Enter();
        for (int dimension = 0; dimension < array.Rank; dimension++)
        {
            writer.Write(array.GetLength(dimension));
        }

        Elements.Write<T, TCodec>(ref writer, Flat<T>(array));
        writer.Leave();
    }

    /// <summary>Reads the lengths and the elements, whose number must be the lengths' product: the array is made only when they are there.</summary>
    public static T[]? Read<T, TCodec>(ref MessagePackReader reader, scoped Span<int> lengths)
        where TCodec : IPayloadCodec<T>
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        Payload.ReadExactArrayHeader(ref reader, lengths.Length + 1);
        reader.Enter();
        UInt128 product = 1;
        foreach (ref int length in lengths)
        {
            length = reader.ReadInt32();
            if (length < 0)
            {
                Malformed.OutOfRange("a length", reader.Consumed);
            }

            product *= (uint)length;
        }

        T[] values = Elements.ReadArray<T, TCodec>(ref reader);
        reader.Leave();
        if (product != (uint)values.Length)
        {
            Malformed.Invalid("an array of as many elements as its lengths say", reader.Consumed);
        }

        if (product == 0 && lengths.ContainsAnyExceptInRange(0, short.MaxValue))
        {
            // .NET refuses some of these, and nobody sends them.
            Malformed.OutOfRange("the lengths of an empty array", reader.Consumed);
        }

        return values;
    }

    public static Array Fill<T>(Array array, T[] values)
    {
        values.CopyTo(Flat<T>(array));
        return array;
    }

    private static Span<T> Flat<T>(Array array) =>
        MemoryMarshal.CreateSpan(ref Unsafe.As<byte, T>(ref MemoryMarshal.GetArrayDataReference(array)), array.Length);
}
