[TaskContract]
public interface IShipping
{
    [Task, Idempotent(Key = nameof(parcel))]
    Task ShipAsync(Guid order, Guid parcel);

    [Task, AtMostOnce]
    Task PickAsync(Guid order);
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent]
    Task CompleteAsync(Guid order);
}

public sealed class OrderWorker(ITaskClient<IShipping> shipping) : IOrders
{
    public async Task CompleteAsync(Guid order)
    {
        await {|TT416:shipping.ShipAsync(order, Guid.NewGuid())|};
        await {|TT416:shipping.PickAsync(order)|};
        await {|TT416:shipping.PickAsync(order, EnqueueOptions.In(TimeSpan.FromHours(1)))|};
        await {|TT416:shipping.EnqueueAsync(ShippingTasks.Pick(order))|};
    }
}
