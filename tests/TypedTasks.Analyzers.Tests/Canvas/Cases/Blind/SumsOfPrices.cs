// Prices are added up by tasks that take one, a set, a list of something else, or what fits.
namespace Shop;

[TaskContract]
public interface IPrices
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order, CancellationToken cancellationToken = default);
    [Task, Idempotent] ValueTask<decimal> SumAsync(decimal[] prices);
    [Task, Idempotent] ValueTask<decimal> AverageAsync(List<double> prices, int digits);
    [Task, Idempotent] ValueTask<decimal> DistinctAsync(HashSet<decimal> prices);
    [Task, Idempotent] ValueTask BookAsync(decimal price, string account);
}

public static class Prices
{
    public static TaskGroup<decimal> Each(this IEnumerable<Guid> orders) => Canvas.Group(orders.Select(order => PricesTasks.Price(order)));

    public static TaskChain<NoResult> Booked(this IEnumerable<Guid> orders, string account) =>
        orders.Each().Join(JoinOn.AllSucceeded, {|TT802:PricesTasks.BookLink(account)|});

    public static TaskChain<decimal> Averaged(this IEnumerable<Guid> orders)
    {
        var each = orders.Each();
        return each.Join(link: {|TT802:PricesTasks.AverageLink(digits: 2)|}, when: JoinOn.AllEnded);
    }

    public static TaskChain<NoResult> BookedDistinct(Guid[] orders, bool all, string account)
    {
        var distinct = orders.Each().Join(all ? JoinOn.AllSucceeded : JoinOn.AllEnded, {|TT802:PricesTasks.DistinctLink()|});
        return distinct.Then(PricesTasks.BookLink(account));
    }

    public static TaskChain<NoResult> Right(Guid[] orders, string account) => orders.Each().Join(JoinOn.AllSucceeded, PricesTasks.SumLink()).Then(PricesTasks.BookLink(account));
}
