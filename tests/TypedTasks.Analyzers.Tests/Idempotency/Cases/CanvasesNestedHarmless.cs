[TaskContract]
public interface IShipping
{
    [Task, Idempotent(Key = nameof(parcel))]
    Task<Guid> ShipAsync(Guid order, Guid parcel);

    [Task, Idempotent]
    Task<Guid> TrackAsync(Guid order);

    [Task, Idempotent]
    Task SumAsync(Guid[] parcels, string label);

    [Task, AtMostOnce]
    Task<Guid> PickAsync(Guid order);
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent]
    Task CompleteAsync(Guid order, TaskContext context = null!);
}

public sealed class OrderWorker(ITaskCanvas canvas) : IOrders
{
    public async Task CompleteAsync(Guid order, TaskContext context)
    {
        await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Pick(order)), EnqueueOptions.WithId(context.Id));
        await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)).Then(ShippingTasks.TrackLink()).Then(ShippingTasks.Ship(order, order)));
        await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)).Then(ShippingTasks.ShipLink(order)));
        await canvas.EnqueueAsync(Canvas.Group(ShippingTasks.Track(order), ShippingTasks.Track(order)));
        await canvas.EnqueueAsync(Canvas.Group(new[] { order }.Select(each => ShippingTasks.Track(each))).Join(JoinOn.AllEnded, ShippingTasks.SumLink("all")));
        await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)).ThenGroup(ShippingTasks.TrackLink(), ShippingTasks.ShipLink(order)));
        TaskChain<Guid> chain = Canvas.Chain(ShippingTasks.Track(order));
        await canvas.EnqueueAsync(chain.Then(ShippingTasks.TrackLink().Then(ShippingTasks.TrackLink())));
        await EnqueueAsync(chain);
        await context.OnceAsync("pick", async _ => { await canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Pick(order))); });
        Canvas.Chain(ShippingTasks.Pick(Guid.NewGuid()));
    }

    private async Task EnqueueAsync(TaskChain<Guid> chain) => await canvas.EnqueueAsync(chain);
}
