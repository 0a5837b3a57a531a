using System.Threading.Tasks.Sources;

namespace TypedTasks.Redis.Connection;

/// <summary>
/// A command whose waiter and memory are used again: nothing is allocated for it in the steady state.
/// </summary>
/// <remarks>
/// Two own it while it runs: the caller, until it has taken the result, and the connection, until it has answered. Whoever lets go last puts it
/// back. A caller that cancels gets its exception at once; the connection then answers to nobody.
/// It is its own work item: a continuation that is no async method would cost one on its way to the thread pool.
/// </remarks>
internal abstract class PooledCall<TResult> : RespCommand, IValueTaskSource<TResult>, IValueTaskSource, IThreadPoolWorkItem
{
    private ManualResetValueTaskSourceCore<TResult> _core;
    private TResult? _result;
    private Exception? _failure;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellation;
    private int _owners;
    private int _finished;

    internal ValueTask<TResult> Result => new(this, _core.Version);

    internal ValueTask Completion => new(this, _core.Version);

    /// <summary>Whether the caller has its answer already, by cancelling.</summary>
    protected bool IsAbandoned => Volatile.Read(ref _finished) != 0;

    /// <summary>Makes it ready to be sent and waited for.</summary>
    protected void Begin(CancellationToken cancellationToken)
    {
        _core.Reset();
        _owners = 2;
        Redirections = 0;
        Volatile.Write(ref _finished, 0);
        _cancellation = cancellationToken;
        _registration = cancellationToken.UnsafeRegister(static call => ((PooledCall<TResult>)call!).Cancel(), this);
    }

    /// <summary>The engine's side is done, well or badly; called once.</summary>
    protected void Finish(TResult result, Exception? failure)
    {
        if (Interlocked.Exchange(ref _finished, 1) == 0)
        {
            _result = result;
            _failure = failure;
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }

        LetGo();
    }

    /// <summary>The caller gives up, and is told after this. What was sent may be executed all the same.</summary>
    protected virtual void OnAbandoned()
    {
    }

    /// <summary>Nobody holds it any more.</summary>
    protected abstract void Recycle();

    TResult IValueTaskSource<TResult>.GetResult(short token) => TakeResult(token);

    void IValueTaskSource.GetResult(short token) => TakeResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private TResult TakeResult(short token)
    {
        // Waits for a callback that runs right now, which is short: afterwards none can meet the next user of this object.
        _registration.Dispose();
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            LetGo();
        }
    }

    private void Cancel()
    {
        if (Interlocked.Exchange(ref _finished, 1) == 0)
        {
            OnAbandoned();
            _failure = new OperationCanceledException(_cancellation);
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        if (_failure is { } failure)
        {
            _failure = null;
            _core.SetException(failure);
        }
        else
        {
            _core.SetResult(_result!);
        }
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _owners) == 0)
        {
            _registration = default;
            _cancellation = default;
            Request.Reset(keep: 64 * 1024);
            Start = 0;
            Recycle();
        }
    }
}

/// <summary>Objects to be used again, at most so many. Any thread.</summary>
internal sealed class CallPool<T>(int capacity, Func<T> create)
    where T : class
{
    private readonly Lock _gate = new();
    private readonly T?[] _items = new T?[capacity];
    private int _count;

    internal T Rent()
    {
        lock (_gate)
        {
            if (_count > 0)
            {
                ref T? item = ref _items[--_count];
                T rented = item!;
                item = null;
                return rented;
            }
        }

        return create();
    }

    internal void Return(T item)
    {
        lock (_gate)
        {
            if (_count < _items.Length)
            {
                _items[_count++] = item;
            }
        }
    }
}
