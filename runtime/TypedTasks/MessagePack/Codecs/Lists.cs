using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Runtime.InteropServices;

namespace TypedTasks.MessagePack;

/// <summary>A list as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ListCodec<T, TCodec> : IPayloadCodec<List<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, List<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            Elements.Write<T, TCodec>(ref writer, CollectionsMarshal.AsSpan(value));
        }
    }

    /// <inheritdoc/>
    public static List<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new List<T>(Elements.Capacity<T>(count));
        for (int i = 0; i < count; i++)
        {
            value.Add(TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}

/// <summary>A linked list as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct LinkedListCodec<T, TCodec> : IPayloadCodec<LinkedList<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, LinkedList<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
            return;
        }

        writer.WriteArrayHeader(value.Count);
        writer.Enter();
        foreach (T item in value)
        {
            TCodec.Write(ref writer, item);
        }

        writer.Leave();
    }

    /// <inheritdoc/>
    public static LinkedList<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new LinkedList<T>();
        for (int i = 0; i < count; i++)
        {
            value.AddLast(TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}

/// <summary>An observable collection as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ObservableCollectionCodec<T, TCodec> : IPayloadCodec<ObservableCollection<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ObservableCollection<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ObservableCollection<T>? Read(ref MessagePackReader reader) =>
        ListCodec<T, TCodec>.Read(ref reader) is { } values ? new ObservableCollection<T>(values) : null;
}

/// <summary>A read-only collection as an array; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ReadOnlyCollectionCodec<T, TCodec> : IPayloadCodec<ReadOnlyCollection<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ReadOnlyCollection<T>? value) => Elements.Write<T, TCodec>(ref writer, value);

    /// <inheritdoc/>
    public static ReadOnlyCollection<T>? Read(ref MessagePackReader reader) =>
        ArrayCodec<T, TCodec>.Read(ref reader) is { } values ? new ReadOnlyCollection<T>(values) : null;
}
