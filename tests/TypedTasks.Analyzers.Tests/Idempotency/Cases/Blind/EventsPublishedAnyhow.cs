// The event goes out whatever the state says, with an id of its own making.
using MassTransit;

public sealed record StockChanged(Guid Id, string Sku, int Count);

public interface IEventBus
{
    Task RaiseAsync<T>(T change, CancellationToken cancellationToken)
        where T : class;
}

public sealed class MassTransitEvents(IPublishEndpoint bus) : IEventBus
{
    public Task RaiseAsync<T>(T change, CancellationToken cancellationToken)
        where T : class => bus.Publish(change, cancellationToken);
}

[TaskContract]
public interface IStockEvents
{
    [Task, Idempotent]
    ValueTask ChangeAsync(string sku, int count, CancellationToken cancellationToken = default);
}

public sealed class StockEventWorker(IEventBus events) : IStockEvents
{
    public async ValueTask ChangeAsync(string sku, int count, CancellationToken cancellationToken)
    {
        await {|TT416:events.RaiseAsync(new StockChanged(Guid.NewGuid(), sku, count), cancellationToken)|};
    }
}
