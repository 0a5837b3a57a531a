using MassTransit;

public sealed record OrderShipped(Guid Order);

[TaskContract]
public interface IShipping
{
    [Task, Idempotent]
    Task ShipAsync(Guid order);
}

public sealed class ShippingWorker(IPublishEndpoint publish) : IShipping
{
    public async Task ShipAsync(Guid order)
    {
        await {|TT416:publish.Publish(new OrderShipped(order))|};
    }
}
