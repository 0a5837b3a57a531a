using System.Threading.Tasks.Sources;
using TypedTasks.Engine;

namespace TypedTasks.Benchmarks;

/// <summary>A lane that delivers one envelope as often as it is told to, and only counts what is settled: what is left is the worker's own cost.</summary>
internal sealed class FeedConsumer : ILaneConsumer, IValueTaskSource<int>
{
    private readonly FedDelivery _delivery;
    private ManualResetValueTaskSourceCore<int> _source;
    private Memory<Delivery> _destination;
    private bool _isWaiting;
    private int _offered;

    public FeedConsumer(Lane lane, byte[] envelope)
    {
        Lane = lane;
        _delivery = new FedDelivery(envelope);
    }

    public Lane Lane { get; }

    public int Settled { get; private set; }

    /// <summary>Delivers so many more.</summary>
    public void Offer(int count)
    {
        _offered += count;
        if (_isWaiting)
        {
            _isWaiting = false;
            _source.SetResult(Deliver(_destination.Span));
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        if (_offered > 0)
        {
            return new ValueTask<int>(Deliver(destination.Span));
        }

        _destination = destination;
        _isWaiting = true;
        _source.Reset();
        return new ValueTask<int>(this, _source.Version);
    }

    public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        statuses.Span.Clear();
        Settled += settlements.Length;
        return default;
    }

    public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        statuses.Span.Clear();
        return default;
    }

    public ValueTask StopAsync(CancellationToken cancellationToken)
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            _source.SetResult(0);
        }

        return default;
    }

    public ValueTask DisposeAsync() => default;

    int IValueTaskSource<int>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<int>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    private int Deliver(Span<Delivery> destination)
    {
        int count = Math.Min(_offered, destination.Length);
        _offered -= count;
        destination[..count].Fill(_delivery);
        return count;
    }

    private sealed class FedDelivery(byte[] envelope) : Delivery
    {
        public override ReadOnlyMemory<byte> Envelope => envelope;

        public override int Attempt => 1;

        public override long Fence => 1;
    }
}

/// <summary>Runs what is queued on the thread that pumps: a worker without the thread pool, so that a measurement is of its work and of nothing else.</summary>
internal sealed class PumpScheduler : IWorkScheduler
{
    private readonly Queue<IThreadPoolWorkItem> _items = new(1024);

    public void Queue(IThreadPoolWorkItem item) => _items.Enqueue(item);

    public void Pump()
    {
        while (_items.TryDequeue(out IThreadPoolWorkItem? item))
        {
            item.Execute();
        }
    }
}
