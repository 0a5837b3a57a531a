using MassTransit;

public sealed record OrderShipped(Guid Order);

[TaskContract]
public interface IShipping
{
    [Task, Idempotent]
    Task ShipAsync(Guid order);
}

public sealed class ShippingWorker(IBus bus) : IShipping
{
    public async Task ShipAsync(Guid order) => await bus.Publish(new OrderShipped(order), context => context.MessageId = order);
}
