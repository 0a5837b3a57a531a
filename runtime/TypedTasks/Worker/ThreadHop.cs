using System.Threading.Tasks.Sources;

namespace TypedTasks.Worker;

/// <summary>
/// Lets a slot go on on one of the lane's dedicated threads. Awaiting it allocates nothing: the hop is its own awaitable and its own work item. Where a hop
/// is not needed, because the slot is on such a thread already, it completes at once.
/// </summary>
/// <remarks>One hop at a time. It is queued when it is awaited, not before, so that the awaiting code can never be overtaken and go on where it was.</remarks>
internal sealed class ThreadHop : IValueTaskSource, IThreadPoolWorkItem
{
    private IHandlerThreads _threads = null!;
    private Action<object?> _continuation = null!;
    private object? _state;
    private short _version;
    private bool _isThere;

    /// <summary>To be awaited at once, without <c>ConfigureAwait(true)</c>.</summary>
    internal ValueTask To(IHandlerThreads threads)
    {
        if (threads.IsCurrent)
        {
            return ValueTask.CompletedTask;
        }

        _threads = threads;
        _isThere = false;
        return new ValueTask(this, ++_version);
    }

    void IThreadPoolWorkItem.Execute()
    {
        _isThere = true;
        Action<object?> continuation = _continuation;
        object? state = _state;
        _continuation = null!;
        _state = null;
        continuation(state);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _isThere ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
    {
        _continuation = continuation;
        _state = state;
        _threads.Queue(this);
    }

    void IValueTaskSource.GetResult(short token)
    {
    }
}
