using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.Embedded;

/// <summary>Objects to be used again, at most so many; what is beyond is left to the garbage collector.</summary>
internal sealed class BoundedPool<T>(int capacity)
    where T : class
{
    private readonly Stack<T> _items = new();

    public bool TryTake([NotNullWhen(true)] out T? item) => _items.TryPop(out item);

    public void Return(T item)
    {
        if (_items.Count < capacity)
        {
            _items.Push(item);
        }
    }
}
