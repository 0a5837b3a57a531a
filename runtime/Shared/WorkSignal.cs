using System.Threading.Tasks.Sources;

namespace TypedTasks.Shared;

/// <summary>
/// Lets one loop wait until there is something to do. Setting it while nobody waits is remembered once. Allocates nothing after its construction.
/// </summary>
/// <remarks>One waiter at a time; set from any thread. The waiter resumes where <paramref name="queue"/> runs its work, never on the setter's stack.</remarks>
/// <param name="queue">Runs a work item soon: a scheduler's queue, or the thread pool's.</param>
internal sealed class WorkSignal(Action<IThreadPoolWorkItem> queue) : IValueTaskSource, IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private bool _isSet;
    private bool _isAwaited;

    /// <summary>Completes at once if the signal was set since the last wait, and when it is set otherwise.</summary>
    internal ValueTask WaitAsync()
    {
        lock (_gate)
        {
            if (_isSet)
            {
                _isSet = false;
                return ValueTask.CompletedTask;
            }

            _source.Reset();
            _isAwaited = true;
            return new ValueTask(this, _source.Version);
        }
    }

    /// <summary>
    /// As <see cref="Set"/>, for a setter that holds the very lock under which the waiter looks for what there is to do: a signal that is set already, and will be
    /// taken later, need not be set again.
    /// </summary>
    internal void SetLocked()
    {
        if (!Volatile.Read(ref _isSet))
        {
            Set();
        }
    }

    /// <summary>Forgets that it was set: for the waiter, under the lock under which all setters work, when it has just looked for what there is to do.</summary>
    internal void Clear()
    {
        lock (_gate)
        {
            _isSet = false;
        }
    }

    /// <summary>Lets the waiter go on, now or when it comes to wait. From any thread, under any lock or none.</summary>
    internal void Set()
    {
        lock (_gate)
        {
            if (!_isAwaited)
            {
                _isSet = true;
                return;
            }

            _isAwaited = false;
        }

        queue(this);
    }

    void IThreadPoolWorkItem.Execute() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
