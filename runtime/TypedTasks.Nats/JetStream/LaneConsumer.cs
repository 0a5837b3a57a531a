using System.Globalization;
using System.Text;
using System.Threading.Tasks.Sources;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// A worker's hold on a lane. Tasks come by pulls that overlap (<c>Pulling</c>), are settled (<c>Settling</c>, <c>Records</c>) and renewed (<c>Renewing</c>);
/// a task that may have been delivered before is first looked up and claimed (<c>Claims</c>).
/// </summary>
/// <remarks>
/// What NATS fences and what it does not: an acknowledgement is taken from anyone, so the fence is ours. Everything that a settlement records is
/// written on the condition, checked by the server, that no later delivery claimed the task; and every delivery but a plain first one claims it
/// before a worker sees it. A completion that records nothing is only an acknowledgement: it is not sent when the lease may be over by our own
/// clock, less a margin for the way. One that is delayed beyond that on the way removes a task that another worker is running; the task has run to completion once by then.
/// </remarks>
internal sealed partial class LaneConsumer : ILaneConsumer, IValueTaskSource<int>, IThreadPoolWorkItem
{
    private readonly NatsEngine _engine;
    private readonly LaneNames _names;
    private readonly Lock _gate = new();
    private readonly Queue<NatsDelivery> _ready = new();
    private readonly Stack<NatsDelivery> _pool = new();
    private readonly Stack<SettleBatch> _batches = new();
    private readonly TimeProvider _time;
    private readonly TimeSpan _lease;
    private readonly int _prefetch;
    private readonly LaneInbox _inbox;
    private readonly ITimer _ticks;
    private readonly ITimer _dueTimer;
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private Memory<Delivery> _destination;
    private Exception? _denied;
    private bool _isWaiting;
    private bool _isWoken;
    private bool _isStopped;

    public LaneConsumer(NatsEngine engine, LaneNames names, LaneConsumerOptions options)
    {
        _engine = engine;
        _names = names;
        _time = engine.Time;
        _lease = options.Lease;
        _prefetch = Math.Max(0, options.Prefetch);
        _pullExpiry = _lease * PullPerLease < LongestPull ? _lease * PullPerLease : LongestPull;
        _pullEnd = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"expires\":{_pullExpiry.Ticks * 100}}}"));
        _inbox = new LaneInbox(this, engine.NextLaneNumber());
        TimeSpan tick = TimeSpan.FromMilliseconds(Math.Clamp(_lease.TotalMilliseconds / 8, 20, 1000));
        _ticks = _time.CreateTimer(static self => ((LaneConsumer)self!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _tickInterval = tick;
        _dueTimer = _time.CreateTimer(static self => ((LaneConsumer)self!).ReleaseEarly(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Lane Lane => _names.Lane;

    /// <summary>The lane's names.</summary>
    public LaneNames Names => _names;

    /// <summary>The connection that tasks come by and are settled on.</summary>
    public NatsConnection Connection => _engine.WorkConnection;

    public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        if (destination.IsEmpty)
        {
            throw new ArgumentException("There is no room to receive into.", nameof(destination));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        int taken;
        short version = 0;
        lock (_gate)
        {
            if (_isWaiting)
            {
                throw new InvalidOperationException("This consumer is receiving already: one call at a time.");
            }

            if (_denied is not null)
            {
                throw DeniedFailure(_denied);
            }

            if (_isStopped)
            {
                return new ValueTask<int>(0);
            }

            taken = Take(destination.Span);
            if (taken == 0)
            {
                _core.Reset();
                version = _core.Version;
                _destination = destination;
                _cancellationToken = cancellationToken;
                _isWaiting = true;
                _isWoken = false;
            }

            Pull(taken == 0 ? destination.Length + _prefetch : _prefetch);
        }

        if (taken > 0)
        {
            return new ValueTask<int>(taken);
        }

        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static self => ((LaneConsumer)self!).Wake(), this);
        }

        return new ValueTask<int>(this, version);
    }

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _isStopped = true;
            _isTurningAway = true;
        }

        Wake();
        await _ticks.DisposeAsync().ConfigureAwait(false);
        await _dueTimer.DisposeAsync().ConfigureAwait(false);
        await CloseInboxAsync(cancellationToken).ConfigureAwait(false);
        await ReleaseFetchedAsync(cancellationToken).ConfigureAwait(false);
        _engine.Forget(this);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
            // Without a connection nothing can be handed back: the leases end by themselves.
        }
    }

    /// <summary>Wakes whoever waits: there may be something, or nothing will come any more. It looks by itself, on the thread pool.</summary>
    private void Wake()
    {
        lock (_gate)
        {
            if (!_isWaiting || _isWoken)
            {
                return;
            }

            _isWoken = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    // Tasks are taken here, not when the waiter is woken: what came in between is received in the same call. And who woke it may have come late, when what it
    // speaks of was received by an earlier call or handed back: then the wait goes on, for no task at all means that the consumer has stopped.
    void IThreadPoolWorkItem.Execute()
    {
        int taken = 0;
        Exception? failure = null;
        lock (_gate)
        {
            _isWoken = false;
            if (_denied is not null)
            {
                failure = DeniedFailure(_denied);
            }
            else if (!_isStopped)
            {
                taken = Take(_destination.Span);
                if (taken > 0)
                {
                    Pull(_prefetch);
                }
                else if (_cancellationToken.IsCancellationRequested)
                {
                    failure = new OperationCanceledException(_cancellationToken);
                }
                else
                {
                    return;
                }
            }

            _isWaiting = false;
            _destination = default;
        }

        if (failure is null)
        {
            _core.SetResult(taken);
        }
        else
        {
            _core.SetException(failure);
        }
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _registration.Dispose();
        _registration = default;
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private int Take(Span<Delivery> destination)
    {
        int taken = 0;
        while (taken < destination.Length && _ready.TryDequeue(out NatsDelivery? delivery))
        {
            destination[taken++] = delivery;
        }

        return taken;
    }

    private static TaskEngineException DeniedFailure(Exception denied) => new(denied.Message, denied);
}
