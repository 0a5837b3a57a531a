using TypedTasks.Engine;

namespace TypedTasks.Testing.Tests;

/// <summary>An engine whose consumers have one more task ready than is asked for, as those of brokers do, and hand it back when they are stopped.</summary>
internal sealed class ReadyAhead(ITaskEngine inner) : ITaskEngine
{
    public string Name => inner.Name;

    public EngineLimits Limits => inner.Limits;

    public IOutcomeStore Outcomes => inner.Outcomes;

    public IStateStore State => inner.State;

    public IBroadcast Broadcast => inner.Broadcast;

    public IEngineAdministration Administration => inner.Administration;

    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => inner.StartAsync(lanes, cancellationToken);

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource => inner.PublishAsync(address, envelope, cancellationToken);

    public async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
        new Consumer(await inner.ConsumeAsync(lane, options, cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private sealed class Consumer(ILaneConsumer inner) : ILaneConsumer
    {
        private Delivery? _ready;

        public Lane Lane => inner.Lane;

        public async ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
        {
            if (_ready is { } ready)
            {
                _ready = null;
                destination.Span[0] = ready;
                return 1;
            }

            var two = new Delivery[2];
            int count = await inner.ReceiveAsync(two, cancellationToken);
            _ready = count == 2 ? two[1] : null;
            destination.Span[0] = two[0];
            return Math.Min(count, 1);
        }

        public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken) =>
            inner.SettleAsync(settlements, statuses, cancellationToken);

        public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken) =>
            inner.RenewAsync(deliveries, statuses, cancellationToken);

        public async ValueTask StopAsync(CancellationToken cancellationToken)
        {
            if (_ready is { } ready)
            {
                _ready = null;
                await inner.SettleAsync(new[] { new Settlement { Delivery = ready, Kind = SettlementKind.Release } }, new SettleStatus[1], cancellationToken);
            }

            await inner.StopAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
