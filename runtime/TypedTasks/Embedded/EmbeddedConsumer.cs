using System.Threading.Tasks.Sources;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>
/// A worker's hold on a lane. Waiting is one object, used again for every receive. It is woken when there is something, and only then takes it:
/// what came in between its waking and its running is received in the same call.
/// </summary>
internal sealed class EmbeddedConsumer : Waiter, ILaneConsumer, IValueTaskSource<int>
{
    /// <summary>How many settlements hold the engine's lock at once: not so many that a publisher who waits for it gives up spinning and goes to sleep.</summary>
    private const int Portion = 32;

    private readonly EmbeddedEngine _engine;
    private readonly LinkedListNode<EmbeddedConsumer> _node;
    private ManualResetValueTaskSourceCore<int> _core;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private Memory<Delivery> _destination;
    private bool _isReceiving;
    private bool _isCancelled;

    public EmbeddedConsumer(EmbeddedEngine engine, EmbeddedLane lane, TimeSpan lease)
    {
        _engine = engine;
        _node = new LinkedListNode<EmbeddedConsumer>(this);
        EmbeddedLane = lane;
        Lease = lease;
    }

    public Lane Lane => EmbeddedLane.Name;

    internal EmbeddedLane EmbeddedLane { get; }

    internal TimeSpan Lease { get; }

    /// <summary>The deliveries in the worker's hands. All leases are equally long, so the list is in the order of their ends.</summary>
    internal TaskList Leases { get; } = new();

    internal bool IsStopped { get; private set; }

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

        ResumeList resume = default;
        int taken;
        short version = 0;
        lock (_engine.Gate)
        {
            if (_isReceiving)
            {
                throw new InvalidOperationException("This consumer is receiving already: one call at a time.");
            }

            if (IsStopped)
            {
                return new ValueTask<int>(0);
            }

            taken = _engine.Table.Take(this, destination.Span, ref resume);
            if (taken == 0)
            {
                _isReceiving = true;
                _isCancelled = false;
                _destination = destination;
                _cancellationToken = cancellationToken;
                _core.Reset();
                version = _core.Version;
                EmbeddedLane.WaitingConsumers.AddLast(_node);
            }
        }

        resume.Resume(_engine.Options.Resume);
        if (taken > 0)
        {
            return new ValueTask<int>(taken);
        }

        _registration = cancellationToken.UnsafeRegister(static (state, token) => ((EmbeddedConsumer)state!).Cancel(token), this);
        return new ValueTask<int>(this, version);
    }

    public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        SettlementCheck.Check(settlements.Span, statuses.Length, _engine.Options);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        ResumeList resume = default;
        bool settled = true;
        for (int at = 0; at < settlements.Length && settled; at += Portion)
        {
            int count = Math.Min(Portion, settlements.Length - at);
            settled = TrySettle(settlements.Span.Slice(at, count), statuses.Span.Slice(at, count), ref resume);
        }

        resume.Resume(_engine.Options.Resume);
        return settled ? default : ValueTask.FromException(EmbeddedEngine.StoppedFailure());
    }

    public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        SettlementCheck.Check(deliveries.Span, statuses.Length);
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        lock (_engine.Gate)
        {
            if (_engine.Table.IsStopped)
            {
                return ValueTask.FromException(EmbeddedEngine.StoppedFailure());
            }

            _engine.Table.Renew(this, deliveries.Span, statuses.Span);
        }

        return default;
    }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        ResumeList resume = default;
        lock (_engine.Gate)
        {
            Stop(ref resume);
            _engine.Table.RemoveIfIdle(this);
        }

        resume.Resume(_engine.Options.Resume);
        return default;
    }

    /// <summary>Stops. Deliveries that are still in hand stay under their lease: settle them, or they are delivered again when it ends.</summary>
    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    /// <summary>A wait ends, or goes on when others were quicker. Runs without the lock.</summary>
    public override void Execute()
    {
        ResumeList resume = default;
        int taken = 0;
        bool cancelled;
        lock (_engine.Gate)
        {
            cancelled = _isCancelled;
            if (!cancelled && !IsStopped)
            {
                taken = _engine.Table.Take(this, _destination.Span, ref resume);
                if (taken == 0)
                {
                    EmbeddedLane.WaitingConsumers.AddFirst(_node);
                    return;
                }
            }
            else
            {
                TaskTable.PassOn(EmbeddedLane, ref resume);
            }

            _isReceiving = false;
            _destination = default;
        }

        resume.Resume(_engine.Options.Resume);
        if (cancelled)
        {
            _core.SetException(new OperationCanceledException(_cancellationToken));
        }
        else
        {
            _core.SetResult(taken);
        }
    }

    /// <summary>Takes no more tasks; the lock is held.</summary>
    internal void Stop(ref ResumeList resume)
    {
        IsStopped = true;
        StopWaiting(ref resume);
    }

    int IValueTaskSource<int>.GetResult(short token)
    {
        _registration.Unregister();
        _registration = default;
        return _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private bool TrySettle(ReadOnlySpan<Settlement> settlements, Span<SettleStatus> statuses, ref ResumeList resume)
    {
        lock (_engine.Gate)
        {
            if (_engine.Table.IsStopped)
            {
                return false;
            }

            _engine.Table.Settle(this, settlements, statuses, ref resume);
            return true;
        }
    }

    private void Cancel(CancellationToken token)
    {
        ResumeList resume = default;
        lock (_engine.Gate)
        {
            // A token of an earlier call may fire late; it says nothing about this one.
            if (_isReceiving && _cancellationToken == token)
            {
                _isCancelled = true;
                StopWaiting(ref resume);
            }
        }

        resume.Resume(_engine.Options.Resume);
    }

    // Whoever is not in the list any more is on its way to Execute already, and sees there what became of it.
    private void StopWaiting(ref ResumeList resume)
    {
        if (_node.List is { } list)
        {
            list.Remove(_node);
            resume.Add(this);
        }
    }
}
