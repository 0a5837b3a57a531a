// Canvases as they are meant: built in one place, enqueued in another, awaited, and idempotent all the way.
namespace Shop;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order);
    [Task, Idempotent] ValueTask<decimal> RoundAsync(decimal price, int digits);
    [Task, Idempotent] ValueTask<string?> NoteAsync(decimal price);
    [Task, Idempotent] ValueTask<int> ArchiveAsync(string note);
    [Task, Idempotent] ValueTask<decimal> SumAsync(IReadOnlyList<decimal> prices);
    [Task, Idempotent] ValueTask CloseAsync(DateOnly month);
    [Task, Idempotent] ValueTask BatchAsync(Guid[] orders);
}

public static class Chains
{
    public static TaskLink<decimal, decimal> Rounded { get; } = OrdersTasks.RoundLink(2).Then(OrdersTasks.RoundLink(digits: 1));

    public static TaskChain<decimal> Total(IEnumerable<Guid> orders) => Canvas
        .Group(orders.Select(order => Canvas.Chain(OrdersTasks.Price(order)).Then(Rounded)))
        .Join(link: OrdersTasks.SumLink(), when: JoinOn.AllSucceeded)
        .Then(Rounded);

    public static TaskGroup<NoResult> Closing(DateOnly month, TaskChain<decimal> before) =>
        before.Then(Canvas.Group(OrdersTasks.Close(month), OrdersTasks.Close(month.AddMonths(1))));
}

public class Months(ITaskCanvas canvas, Func<TaskChain<decimal>, TaskChain<decimal>> decorate)
{
    public async Task<decimal> TotalAsync(Guid[] orders, CancellationToken cancellationToken)
    {
        TaskChain<decimal> chain = decorate(Chains.Total(orders));
        TaskHandle<decimal> handle = await canvas.EnqueueAsync(chain, EnqueueOptions.WithId(TaskId.New()), cancellationToken).ConfigureAwait(false);
        return await handle.ResultAsync(cancellationToken);
    }

    public ValueTask<IReadOnlyList<TaskHandle<NoResult>>> CloseAsync(DateOnly month, TaskChain<decimal> before) => canvas.EnqueueAsync(Chains.Closing(month, before));
}

public class OrderWorker(ITaskCanvas canvas) : IOrders
{
    public ValueTask<decimal> PriceAsync(Guid order) => new(order.GetHashCode());

    public ValueTask<decimal> RoundAsync(decimal price, int digits) => new(Math.Round(price, digits));

    public ValueTask<string?> NoteAsync(decimal price) => new(price > 1000 ? "large" : null);

    public ValueTask<int> ArchiveAsync(string note) => new(note.Length);

    public ValueTask<decimal> SumAsync(IReadOnlyList<decimal> prices) => new(prices.Sum());

    public ValueTask CloseAsync(DateOnly month) => default;

    public async ValueTask BatchAsync(Guid[] orders)
    {
        TaskGroup<decimal> prices = Canvas.Group([.. orders.Select(order => OrdersTasks.Price(order))]);
        await canvas.EnqueueAsync(prices.Join(JoinOn.AllEnded, OrdersTasks.SumLink()).ThenGroup(OrdersTasks.RoundLink(0), OrdersTasks.RoundLink(1)));
    }
}
