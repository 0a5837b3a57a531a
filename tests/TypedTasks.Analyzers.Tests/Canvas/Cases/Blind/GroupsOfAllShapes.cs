// Groups made by LINQ, of arrays, of lists, of what is spread, of groups that are joined, and of chains that end alike.
namespace Shop;

[TaskContract]
public interface IQuotes
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order);
    [Task, Idempotent] ValueTask<decimal> QuoteAsync(Guid order, string supplier);
    [Task, Idempotent] ValueTask<decimal> BestAsync(IEnumerable<decimal> quotes);
    [Task, Idempotent] ValueTask<decimal> SumAsync(List<decimal> quotes, int digits);
    [Task, Idempotent] ValueTask NoteAsync(IReadOnlyList<decimal> quotes, string note);
    [Task, Idempotent] ValueTask PublishAsync(DateOnly day);
}

public sealed record Order(Guid Id, bool IsExpress, string[] Suppliers);

public static class Quotes
{
    public static TaskGroup<decimal> Lazy(IEnumerable<Order> orders) => Canvas.Group(
        from order in orders
        where order.IsExpress
        orderby order.Id
        select QuotesTasks.Price(order.Id));

    public static TaskGroup<decimal> Listed(IReadOnlyCollection<Order> orders)
    {
        var calls = orders.Select(order => QuotesTasks.Price(order.Id)).ToList();
        if (calls.Count == 0)
        {
            calls.Add(QuotesTasks.Price(Guid.Empty));
        }

        return Canvas.Group(calls);
    }

    public static TaskGroup<decimal> Arrays(Guid a, Guid b) => Canvas.Group(new[] { QuotesTasks.Price(a), QuotesTasks.Price(b) });

    public static TaskGroup<decimal> Spread(Guid first, IEnumerable<Guid> others) =>
        Canvas.Group([QuotesTasks.Price(first), .. others.Select(other => QuotesTasks.Price(other))]);

    public static TaskGroup<decimal> Chosen(IEnumerable<Order> orders) => Canvas.Group(orders.Select(order => order.IsExpress
        ? Canvas.Chain(QuotesTasks.Price(order.Id))
        : Canvas.Chain(QuotesTasks.Quote(order.Id, order.Suppliers[0]))));

    public static TaskChain<decimal> BestOfEach(IEnumerable<Order> orders) => Canvas
        .Group(orders.Select(order => Canvas
            .Group(order.Suppliers.Select(supplier => QuotesTasks.Quote(order.Id, supplier)))
            .Join(JoinOn.AllEnded, QuotesTasks.BestLink())))
        .Join(JoinOn.AllSucceeded, QuotesTasks.SumLink(digits: 2));

    public static IEnumerable<TaskChain<NoResult>> InParts(IEnumerable<Order> orders, DateOnly day)
    {
        foreach (Order[] part in orders.Chunk(100))
        {
            TaskChain<NoResult>[] chains = [.. part.Select((order, index) => Arrays(order.Id, part[index].Id).Join(JoinOn.AllEnded, QuotesTasks.NoteLink($"{index}")))];
            yield return Canvas.Group(chains).Join(JoinOn.AllEnded, QuotesTasks.Publish(day));
        }
    }
}
