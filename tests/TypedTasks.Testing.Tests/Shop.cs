namespace TypedTasks.Testing.Tests;

[TaskContract("shop")]
public interface IShop
{
    [Task(MaxAttempts = 3, Backoff = "1m")]
    ValueTask<int> SellAsync(string article, decimal price, TaskContext context = null!);

    [Task]
    ValueTask RemindAsync(Guid customer);

    [Task]
    [Idempotent(Key = nameof(order))]
    ValueTask<int> ShipAsync(int order);

    [Task(KeepOutcome = "none")]
    ValueTask CountAsync(string article);
}

/// <summary>A handler as a user would write it.</summary>
public sealed class ShopHandler : IShop
{
    private int _charges;

    public int Charges => _charges;

    public List<Guid> Reminded { get; } = [];

    public async ValueTask<int> SellAsync(string article, decimal price, TaskContext context)
    {
        await context.ReportAsync(50);
        int charge = await context.OnceAsync("charge", _ => new ValueTask<int>(Interlocked.Increment(ref _charges)));
        return article == "flaky" && context.Attempt == 1 ? throw new InvalidOperationException("sold out for now") : charge;
    }

    public ValueTask RemindAsync(Guid customer)
    {
        Reminded.Add(customer);
        return default;
    }

    public ValueTask<int> ShipAsync(int order) => new(order);

    public ValueTask CountAsync(string article) => default;
}

/// <summary>Code that enqueues, as a user would write it.</summary>
public sealed class Checkout(ITaskClient<IShop> shop)
{
    public async Task<int> CompleteAsync(Guid customer)
    {
        TaskHandle<int> sale = await shop.SellAsync("book", 12.50m);
        await shop.RemindAsync(customer, EnqueueOptions.In(TimeSpan.FromDays(3)));
        return await sale.ResultAsync();
    }
}
