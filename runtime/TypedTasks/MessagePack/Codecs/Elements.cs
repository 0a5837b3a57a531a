using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TypedTasks.MessagePack;

/// <summary>What the codecs of sequences share. A declared count is believed only as far as elements arrive.</summary>
internal static class Elements
{
    // The room made ahead of the elements: enough that small collections are allocated once, too little to be an attack at every level of nesting.
    private const int AheadBytes = 4096;

    /// <summary>Begins a sequence that was not nil.</summary>
    public static int Begin(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        reader.Enter();
        return count;
    }

    /// <summary>The room to make for <paramref name="count"/> declared elements before any is read.</summary>
    public static int Capacity<T>(int count) => Math.Min(count, Math.Max(4, AheadBytes / Unsafe.SizeOf<T>()));

    /// <summary>Reads an array that was not nil, growing it as elements arrive.</summary>
    public static T[] ReadArray<T, TCodec>(ref MessagePackReader reader)
        where TCodec : IPayloadCodec<T>
    {
        int count = Begin(ref reader);
        T[] values = count == 0 ? [] : new T[Capacity<T>(count)];
        for (int i = 0; i < count; i++)
        {
            if (i == values.Length)
            {
                Payload.Grow(ref values, count);
            }

            values[i] = TCodec.Read(ref reader);
        }

        reader.Leave();
        return values;
    }

    public static void Write<T, TCodec>(ref MessagePackWriter writer, scoped ReadOnlySpan<T> values)
        where TCodec : IPayloadCodec<T>
    {
        writer.WriteArrayHeader(values.Length);
        writer.Enter();
        foreach (T value in values)
        {
            TCodec.Write(ref writer, value);
        }

        writer.Leave();
    }

    /// <summary>Writes a sequence known only by an interface, or nil.</summary>
    public static void Write<T, TCodec>(ref MessagePackWriter writer, IEnumerable<T>? values)
        where TCodec : IPayloadCodec<T>
    {
        switch (values)
        {
            case null:
                writer.WriteNil();
                break;
            case T[] array:
                Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(array));
                break;
            case ICollection<T> collection:
                Write<T, TCodec>(ref writer, collection, collection.Count);
                break;
            case IReadOnlyCollection<T> collection:
                Write<T, TCodec>(ref writer, collection, collection.Count);
                break;
            default:
                Write<T, TCodec>(ref writer, new ReadOnlySpan<T>([.. values]));
                break;
        }
    }

    private static void Write<T, TCodec>(ref MessagePackWriter writer, IEnumerable<T> values, int count)
        where TCodec : IPayloadCodec<T>
    {
        writer.WriteArrayHeader(count);
        writer.Enter();
        foreach (T value in values)
        {
            count--;
            TCodec.Write(ref writer, value);
        }

        writer.Leave();
        if (count != 0)
        {
            ThrowChanged();
        }
    }

    [DoesNotReturn]
    internal static void ThrowChanged() => throw new MessagePackException("A collection changed while it was written.");
}
