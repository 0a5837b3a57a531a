namespace TypedTasks.MessagePack;

/// <summary>Adding to sorted collections, whose default comparer throws for what cannot be compared.</summary>
internal static class Sorted
{
    public static void Add<T>(ISet<T> set, T value)
    {
        try
        {
            set.Add(value);
        }
        catch (InvalidOperationException e)
        {
            throw NotComparable<T>(e);
        }
    }

    /// <summary>Adds an entry, or tells that its key is there already.</summary>
    public static bool TryAdd<TKey, TValue>(IDictionary<TKey, TValue> dictionary, TKey key, TValue value)
    {
        try
        {
            return dictionary.TryAdd(key, value);
        }
        catch (InvalidOperationException e)
        {
            throw NotComparable<TKey>(e);
        }
    }

    private static MessagePackException NotComparable<T>(InvalidOperationException e) =>
        new($"Values of '{typeof(T)}' have no order, so they cannot be sorted. It must implement IComparable<{typeof(T).Name}>.", e);
}
