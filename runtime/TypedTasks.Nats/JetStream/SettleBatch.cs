using System.Threading.Tasks.Sources;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>Several deliveries that are settled, or renewed, together: one wait for all their answers. Pooled.</summary>
internal sealed class SettleBatch(LaneConsumer consumer) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = true };
    private NatsDelivery[] _deliveries = new NatsDelivery[16];
    private Memory<SettleStatus> _statuses;
    private CancellationTokenRegistration _registration;
    private CancellationToken _cancellationToken;
    private Exception? _failure;
    private int _count;
    private int _remaining;

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

        CountDown();
        return new ValueTask(this, version);
    }

    /// <summary>A delivery's answer is there.</summary>
    public void Done(int slot, SettleStatus status)
    {
        _statuses.Span[slot] = status;
        CountDown();
    }

    /// <summary>A delivery got no answer.</summary>
    public void Fail(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        CountDown();
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
            consumer.Return(this);
        }
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void CountDown()
    {
        if (Interlocked.Decrement(ref _remaining) > 0)
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
            consumer.Recycle(_deliveries.AsSpan(0, _count), _statuses.Span);
        }

        _core.SetResult(true);
    }

    private void Cancel()
    {
        for (int i = 0; i < _count; i++)
        {
            if (_deliveries[i] is { } delivery)
            {
                consumer.Connection.GiveUp(IsSettling ? delivery.Settle : delivery.Renewal, CallFailure.Cancelled);
            }
        }
    }
}
