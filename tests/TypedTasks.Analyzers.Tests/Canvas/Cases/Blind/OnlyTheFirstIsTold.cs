// One mistake at the bottom of a canvas, and everything above it falls with it; only the mistake is told.
namespace Orders;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order);
    [Task, Idempotent] ValueTask<decimal> RoundAsync(decimal price, int digits);
    [Task, Idempotent] ValueTask<string> FormatAsync(double price, string culture);
    [Task, Idempotent] ValueTask<decimal> SumAsync(IReadOnlyList<decimal> prices);
    [Task, AtMostOnce] ValueTask SendAsync(string text, string to);
}

public sealed class Orders(ITaskCanvas canvas, ITaskClient<IOrders> client)
{
    public async Task<TaskHandle<NoResult>> SendAsync(Guid[] orders, string to, CancellationToken cancellationToken) => await canvas.EnqueueAsync(Canvas
        .Group(orders.Select(order => Canvas
            .Chain({|TT804:OrdersTasks.RoundLink(2)|})
            .Then(OrdersTasks.RoundLink(1))))
        .Join(JoinOn.AllSucceeded, OrdersTasks.SumLink())
        .Then(OrdersTasks.RoundLink(0))
        .Then(OrdersTasks.SendLink(to)), cancellationToken: cancellationToken);

    public async Task FormatAsync(Guid[] orders, string to)
    {
        var formatted = Canvas.Group(orders.Select(OrdersTasks.Price))
            .Join(JoinOn.AllEnded, OrdersTasks.SumLink())
            .ThenGroup(OrdersTasks.RoundLink(0), OrdersTasks.RoundLink(1))
            .Join(JoinOn.AllEnded, {|TT802:OrdersTasks.FormatLink("de-AT")|})
            .Then(OrdersTasks.SendLink(to));
        await canvas.EnqueueAsync(formatted);
        await Task.WhenAll(orders.Select(async order => await client.EnqueueAsync(OrdersTasks.Price(order))));
    }

    public TaskChain<NoResult> Nested(Guid a, Guid b, string to) => Canvas.Group(
            Canvas.Chain(OrdersTasks.Price(a)).Then(OrdersTasks.RoundLink(2)),
            Canvas.Chain(OrdersTasks.Price(b)).Then({|TT801:OrdersTasks.FormatLink("de-AT")|}))
        .Join(JoinOn.AllSucceeded, OrdersTasks.SumLink())
        .Then(OrdersTasks.RoundLink(0).Then({|TT801:OrdersTasks.SendLink(to)|}));
}
