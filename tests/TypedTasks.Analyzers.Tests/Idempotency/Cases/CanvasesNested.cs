[TaskContract]
public interface IShipping
{
    [Task, Idempotent(Key = nameof(parcel))]
    Task<Guid> ShipAsync(Guid order, Guid parcel);

    [Task, Idempotent]
    Task<Guid> TrackAsync(Guid order);

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
    private static readonly TaskChain<Guid> Prepared = Canvas.Chain(ShippingTasks.Track(default));

    public async Task CompleteAsync(Guid order, TaskContext context)
    {
        await {|TT416:canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Pick(order)))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)).Then(ShippingTasks.PickLink()))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Ship(order, Guid.NewGuid())).Then(ShippingTasks.TrackLink()))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)).Then(ShippingTasks.ShipLink(Guid.NewGuid())), EnqueueOptions.In(TimeSpan.FromHours(1)))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Chain(ShippingTasks.Track(order)), EnqueueOptions.WithId(TaskId.New()))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Group(Canvas.Chain(ShippingTasks.Track(order)), Canvas.Chain(ShippingTasks.Pick(order))))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Group(ShippingTasks.Track(order), ShippingTasks.Track(Guid.NewGuid())))|};
        await {|TT416:canvas.EnqueueAsync(Canvas.Group(new[] { order }.Select(each => ShippingTasks.Pick(each))).Join(JoinOn.AllEnded, ShippingTasks.Track(order)))|};
        TaskChain<Guid> chain = Canvas.Chain(ShippingTasks.Track(order));
        chain = chain.Then(ShippingTasks.Pick(order));
        await {|TT416:canvas.EnqueueAsync(chain)|};
        await {|TT416:canvas.EnqueueAsync(Prepared.Then(ShippingTasks.Pick(order)))|};
        await {|TT416:EnqueueAsync(Canvas.Chain(ShippingTasks.Pick(order)))|};
    }

    private async Task EnqueueAsync(TaskChain<Guid> chain) => await canvas.EnqueueAsync(chain);
}
