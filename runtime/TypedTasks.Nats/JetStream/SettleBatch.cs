using System.Threading.Tasks.Sources;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>Several deliveries that are settled, or renewed, together: one wait for all their answers. Pooled.</summary>
/// <remarks>
/// What keeps no outcome is acknowledged at once, in one group, and what keeps one is acknowledged in another when the last of their outcomes is recorded.
/// </remarks>
internal sealed class SettleBatch : IValueTaskSource
{
    private readonly LaneConsumer _consumer;
    private readonly AckGroup _unrecorded;
    private readonly AckGroup _recorded;
    private readonly Lock _recording = new();
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private NatsDelivery[] _deliveries = new NatsDelivery[16];
    private Memory<SettleStatus> _statuses;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private Exception? _failure;
    private int _count;
    private int _remaining;
    private int _records;

    public SettleBatch(LaneConsumer consumer)
    {
        _consumer = consumer;
        _unrecorded = new AckGroup(consumer, this);
        _recorded = new AckGroup(consumer, this);
    }

    /// <summary>The delivery of a slot.</summary>
    public NatsDelivery this[int slot] => _deliveries[slot];

    /// <summary>Whether the caller gave up.</summary>
    public bool IsCancelled => _cancellationToken.IsCancellationRequested;

    /// <summary>Whether the deliveries are done with when the batch is.</summary>
    public bool IsSettling { get; private set; }

    /// <summary>Starts a batch; <see cref="Start"/> ends its preparation.</summary>
    public void Begin(int count, Memory<SettleStatus> statuses, bool isSettling)
    {
        _core.Reset();
        if (_deliveries.Length < count)
        {
            _deliveries = new NatsDelivery[count];
        }

        _statuses = statuses;
        _failure = null;
        _count = count;
        _remaining = count + 1;
        _records = 1;
        IsSettling = isSettling;
    }

    /// <summary>Adds a delivery.</summary>
    public void Add(int slot, NatsDelivery delivery) => _deliveries[slot] = delivery;

    /// <summary>Everything was sent: the wait may begin.</summary>
    public ValueTask Start(CancellationToken cancellationToken)
    {
        short version = _core.Version;
        _cancellationToken = cancellationToken;
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static self => ((SettleBatch)self!).Cancel(), this);
        }

        _unrecorded.Send();
        RecordEnded();
        CountDown(1);
        return new ValueTask(this, version);
    }

    /// <summary>Has a delivery acknowledged that keeps no outcome.</summary>
    public void Acknowledge(int slot) => _unrecorded.Add(slot);

    /// <summary>A delivery's outcome is about to be recorded; <see cref="Recorded"/> or <see cref="RecordEnded"/> follows.</summary>
    public void RecordBegins()
    {
        lock (_recording)
        {
            _records++;
        }
    }

    /// <summary>A delivery's outcome is recorded: it is acknowledged with the others.</summary>
    public void Recorded(int slot)
    {
        lock (_recording)
        {
            _recorded.Add(slot);
        }

        RecordEnded();
    }

    /// <summary>Recording came to an end.</summary>
    public void RecordEnded()
    {
        bool isLast;
        lock (_recording)
        {
            isLast = --_records == 0;
        }

        if (isLast)
        {
            _recorded.Send();
        }
    }

    /// <summary>The deliveries of a group are settled.</summary>
    public void Settled(ReadOnlySpan<int> slots)
    {
        foreach (int slot in slots)
        {
            _deliveries[slot].Phase = DeliveryPhase.Settled;
            _statuses.Span[slot] = SettleStatus.Done;
        }

        CountDown(slots.Length);
    }

    /// <summary>The lease of a delivery is over, and was not settled by then as far as is known.</summary>
    public void Lost(int slot)
    {
        _deliveries[slot].Phase = DeliveryPhase.Lost;
        Done(slot, SettleStatus.LeaseLost);
    }

    /// <summary>A delivery's answer is there.</summary>
    public void Done(int slot, SettleStatus status)
    {
        _statuses.Span[slot] = status;
        CountDown(1);
    }

    /// <summary>So many deliveries got no answer.</summary>
    public void Fail(Exception failure, int count = 1)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        CountDown(count);
    }

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _core.GetResult(token);
        }
        finally
        {
            _registration.Dispose();
            _registration = default;
            _deliveries.AsSpan(0, _count).Clear();
            _statuses = default;
            _consumer.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void CountDown(int count)
    {
        if (Interlocked.Add(ref _remaining, -count) > 0)
        {
            return;
        }

        if (_failure is { } failure)
        {
            // None is used again: the caller may settle the same objects once more, and those that were settled say so then.
            _core.SetException(_cancellationToken.IsCancellationRequested ? new OperationCanceledException(_cancellationToken) : failure);
            return;
        }

        if (IsSettling)
        {
            _consumer.Recycle(_deliveries.AsSpan(0, _count), _statuses.Span);
        }

        _core.SetResult(true);
    }

    private void Cancel()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_deliveries[i] is { } delivery)
            {
                _consumer.Connection.GiveUp(IsSettling ? delivery.Recording : delivery.Renewal, CallFailure.Cancelled);
            }
        }

        _consumer.Connection.GiveUp(_unrecorded, CallFailure.Cancelled);
        _consumer.Connection.GiveUp(_recorded, CallFailure.Cancelled);
    }
}
