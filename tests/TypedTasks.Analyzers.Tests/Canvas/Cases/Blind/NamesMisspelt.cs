// Names that are not there: what becomes of them is not ours to say.
namespace Shop;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order);
    [Task, Idempotent] ValueTask<decimal> RoundAsync(decimal price, int digits);
    [Task, Idempotent] ValueTask<decimal> SumAsync(decimal[] prices);
}

public sealed class Orders(ITaskCanvas canvas, ITaskClient<IOrders> orders)
{
    public TaskChain<decimal> First(Guid order) => Canvas.Chain(OrdersTasks.Pric(order)).Then(OrdersTasks.RoundLink(2)); // refused

    public TaskChain<decimal> Second(Guid order) => Canvas.Chain(OrdersTasks.Price(order)).Then(OrdersTasks.RuondLink(2)); // refused

    public TaskChain<decimal> Third(Guid order) => Canvas.Chain(OrdersTasks.Price(ordr)).Then(OrdersTasks.RoundLink(digits)); // refused

    public TaskChain<decimal> Fourth(Guid order) => Canvas.Chain(OrdersTasks.Price(order)).Next(OrdersTasks.RoundLink(2)); // refused

    public TaskGroup<decimal> Fifth(IEnumerable<Order> all) => Canvas.Group(all.Select(order => OrdersTasks.Price(order.Id))); // refused

    public TaskChain<decimal> Sixth(Guid[] all) => Canvas
        .Group(all.Select(order => OrdersTasks.Prices(order))) // refused
        .Join(JoinOn.AllSucceeded, OrdersTasks.SumLink());

    public async Task SeventhAsync(Guid order)
    {
        await canvas.EnqueueAsync(Price(order)); // refused
        await orders.EnqueueAsync(InvoicesTasks.PriceLink(order)); // refused
        await canvas.EnqueueAsync(Canvas.Chain(OrdersTasks.Price(order)).Then(rounded)); // refused
    }
}
