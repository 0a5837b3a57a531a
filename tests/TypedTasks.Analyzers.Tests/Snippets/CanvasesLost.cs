// Canvases that nobody waits for, that begin too early, and one by one.
namespace Shop;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order);
    [Task, Idempotent] ValueTask<decimal> SumAsync(IReadOnlyList<decimal> prices);
    [Task(KeepOutcome = "none"), AtMostOnce] ValueTask MailAsync(decimal sum, string to);
}

public class Checkout
{
    private readonly ITaskCanvas _canvas;

    public Checkout(ITaskCanvas canvas) => _canvas = canvas;

    public void Forget(Guid order)
    {
        {|TT701:_canvas.EnqueueAsync(Canvas
            .Chain(OrdersTasks.Price(order))
            .Then(OrdersTasks.MailLink("a@b.example")))|};
    }

    public async Task OneByOneAsync(IEnumerable<Guid> orders, CancellationToken cancellationToken)
    {
        foreach (Guid order in orders)
        {
            await {|TT705:_canvas.EnqueueAsync(Canvas.Chain(OrdersTasks.Price(order)).Then(OrdersTasks.MailLink("a@b.example")), default, cancellationToken)|};
        }
    }

    public async Task TooEarlyAsync(System.Data.Common.DbConnection database, Guid[] orders)
    {
        await using System.Data.Common.DbTransaction transaction = await database.BeginTransactionAsync();
        TaskHandle<decimal> handle = await {|TT703:_canvas.EnqueueAsync(Canvas.Group(orders.Select(order => OrdersTasks.Price(order))).Join(JoinOn.AllSucceeded, OrdersTasks.SumLink()))|};
        await transaction.CommitAsync();
        Console.WriteLine(await handle.ResultAsync());
    }

    public async Task InVainAsync(Guid order)
    {
        TaskHandle<NoResult> handle = await _canvas.EnqueueAsync(Canvas.Chain(OrdersTasks.Price(order)).Then(OrdersTasks.MailLink("a@b.example")));
        await {|TT702:handle.ResultAsync()|};
    }
}
