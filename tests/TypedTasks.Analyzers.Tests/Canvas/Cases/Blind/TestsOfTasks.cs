// Tests are code, too: one that enqueues what lacks an argument, and those that do not.
namespace Orders.Tests;

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] ValueTask<decimal> PriceAsync(Guid order, string currency);
    [Task, Idempotent] ValueTask<string> FormatAsync(decimal price, string culture);
}

public sealed class FactAttribute : Attribute;

public sealed class OrdersTests(ITaskClient<IOrders> orders, ITaskCanvas canvas)
{
    [Fact]
    public async Task A_price_is_formatted()
    {
        var handle = await orders.EnqueueAsync({|TT804:OrdersTasks.FormatLink("de-AT")|});
        Equal("1,00", await handle.ResultAsync());
    }

    [Fact]
    public async Task A_chain_formats_a_price()
    {
        TaskHandle<string> handle = await canvas.EnqueueAsync(Canvas.Chain(OrdersTasks.Price(Guid.NewGuid(), "EUR")).Then(OrdersTasks.FormatLink("de-AT")));
        Equal("1,00", await handle.ResultAsync(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void Names_of_steps() => Equal(
        "orders.price → orders.format",
        Canvas.Chain(OrdersTasks.Price(Guid.Empty, "EUR")).Then(OrdersTasks.FormatLink("de-AT")).ToString());

    private static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"{actual} is not {expected}.");
        }
    }
}
