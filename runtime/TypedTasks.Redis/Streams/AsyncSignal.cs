using System.Threading.Tasks.Sources;

namespace TypedTasks.Redis.Streams;

/// <summary>One waiter, woken by anybody; a signal that comes before the wait is kept. Used again without allocating.</summary>
internal sealed class AsyncSignal : IValueTaskSource
{
    private readonly Lock _gate = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _registration;
    private bool _signalled;
    private bool _waiting;

    internal void Set()
    {
        lock (_gate)
        {
            if (!_waiting)
            {
                _signalled = true;
                return;
            }

            _waiting = false;
        }

        _core.SetResult(true);
    }

    /// <summary>Waits for a signal, or for the token: that counts as a signal too, and the waiter looks for itself what happened.</summary>
    internal ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_signalled || cancellationToken.IsCancellationRequested)
            {
                _signalled = false;
                return default;
            }

            _core.Reset();
            _waiting = true;
        }

        var task = new ValueTask(this, _core.Version);
        _registration = cancellationToken.UnsafeRegister(static signal => ((AsyncSignal)signal!).Set(), this);
        return task;
    }

    public void GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        _core.GetResult(token);
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);
}
