using System.Collections.Concurrent;
using System.ComponentModel;

namespace TypedTasks.MessagePack;

/// <summary>A queue as an array, the first to leave it first; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct QueueCodec<T, TCodec> : IPayloadCodec<Queue<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Queue<T>? value)
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
    public static Queue<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new Queue<T>(Elements.Capacity<T>(count));
        for (int i = 0; i < count; i++)
        {
            value.Enqueue(TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}

/// <summary>A stack as an array, the top first; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct StackCodec<T, TCodec> : IPayloadCodec<Stack<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, Stack<T>? value)
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
    public static Stack<T>? Read(ref MessagePackReader reader)
    {
        if (ArrayCodec<T, TCodec>.Read(ref reader) is not { } values)
        {
            return null;
        }

        Array.Reverse(values);
        return new Stack<T>(values);
    }
}

/// <summary>A queue as an array, the first to leave it first; writes a snapshot; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConcurrentQueueCodec<T, TCodec> : IPayloadCodec<ConcurrentQueue<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentQueue<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            // Others may change it meanwhile.
            Elements.Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(value.ToArray()));
        }
    }

    /// <inheritdoc/>
    public static ConcurrentQueue<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new ConcurrentQueue<T>();
        for (int i = 0; i < count; i++)
        {
            value.Enqueue(TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}

/// <summary>A stack as an array, the top first; writes a snapshot; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConcurrentStackCodec<T, TCodec> : IPayloadCodec<ConcurrentStack<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentStack<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            // Others may change it meanwhile.
            Elements.Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(value.ToArray()));
        }
    }

    /// <inheritdoc/>
    public static ConcurrentStack<T>? Read(ref MessagePackReader reader)
    {
        if (ArrayCodec<T, TCodec>.Read(ref reader) is not { } values)
        {
            return null;
        }

        Array.Reverse(values);
        return new ConcurrentStack<T>(values);
    }
}

/// <summary>A bag as an array, in no order; writes a snapshot; null is nil.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <typeparam name="TCodec">Its codec.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct ConcurrentBagCodec<T, TCodec> : IPayloadCodec<ConcurrentBag<T>?>
    where TCodec : IPayloadCodec<T>
{
    /// <inheritdoc/>
    public static void Write(ref MessagePackWriter writer, ConcurrentBag<T>? value)
    {
        if (value is null)
        {
            writer.WriteNil();
        }
        else
        {
            // Others may change it meanwhile.
            Elements.Write<T, TCodec>(ref writer, new ReadOnlySpan<T>(value.ToArray()));
        }
    }

    /// <inheritdoc/>
    public static ConcurrentBag<T>? Read(ref MessagePackReader reader)
    {
        if (reader.TryReadNil())
        {
            return null;
        }

        int count = Elements.Begin(ref reader);
        var value = new ConcurrentBag<T>();
        for (int i = 0; i < count; i++)
        {
            value.Add(TCodec.Read(ref reader));
        }

        reader.Leave();
        return value;
    }
}
