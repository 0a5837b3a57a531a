[TaskContract]
public interface IShipping
{
    [Task, Idempotent(Key = "{order}:{parcel}")]
    Task ShipAsync(Guid order, Guid parcel);

    [Task, Idempotent]
    Task TrackAsync(Guid order);

    [Task, AtMostOnce]
    Task PickAsync(Guid order);
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent]
    Task CompleteAsync(Guid order, TaskContext context = null!);
}

public sealed class OrderWorker(ITaskClient<IShipping> shipping) : IOrders
{
    public async Task CompleteAsync(Guid order, TaskContext context)
    {
        await shipping.ShipAsync(order, order);
        await shipping.TrackAsync(order);
        await shipping.PickAsync(order, EnqueueOptions.WithId(context.Id));
        await shipping.PickAsync(order, new EnqueueOptions { Key = $"pick:{order}" });
        await shipping.EnqueueAsync(ShippingTasks.Track(order));
    }
}
