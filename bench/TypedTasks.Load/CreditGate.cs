using System.Threading.Tasks.Sources;

namespace TypedTasks.Load;

/// <summary>
/// Closes the loop of one caller: it may be so many tasks ahead of their handlers, in chunks, and waits for more without allocating.
/// One waits; the handlers add.
/// </summary>
internal sealed class CreditGate : IValueTaskSource, IThreadPoolWorkItem
{
    /// <summary>How many tasks a credit stands for.</summary>
    public const int Chunk = 64;

    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _source;
    private int _credits;
    private bool _isAwaited;

    public void Add(int credits = 1)
    {
        lock (_gate)
        {
            _credits += credits;
            if (!_isAwaited)
            {
                return;
            }

            _isAwaited = false;
            _credits--;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Takes one credit, when there is one.</summary>
    public ValueTask TakeAsync()
    {
        lock (_gate)
        {
            if (_credits > 0)
            {
                _credits--;
                return default;
            }

            _isAwaited = true;
            _source.Reset();
            return new ValueTask(this, _source.Version);
        }
    }

    void IThreadPoolWorkItem.Execute() => _source.SetResult(true);

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
