namespace TypedTasks.Benchmarks;

/// <summary>The tasks that are measured.</summary>
[TaskContract("bench")]
public interface IBench
{
    /// <summary>The sample's call of three arguments.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask InvoiceAsync(Guid orderId, string customer, decimal amount);

    /// <summary>The same without the text: its decoding allocates nothing, so whatever is allocated is the library's.</summary>
    [Task(KeepOutcome = "none")]
    ValueTask ChargeAsync(Guid orderId, decimal amount);

    /// <summary>A larger payload.</summary>
    [Task]
    ValueTask SubmitAsync(Order order);

    /// <summary>A task with a result, for round trips.</summary>
    [Task]
    ValueTask<int> AddAsync(int left, int right);
}

public sealed record Order
{
    public Guid Id { get; set; }

    public List<Line> Lines { get; set; } = [];

    public string? Note { get; set; }

    public Dictionary<string, string> Tags { get; set; } = [];

    public DateTime At { get; set; }
}

public sealed record Line
{
    public string Sku { get; set; } = "";

    public int Quantity { get; set; }

    public decimal Price { get; set; }
}

/// <summary>Handlers that do next to nothing, and do it synchronously.</summary>
public sealed class BenchHandler : IBench
{
    private decimal _charged;

    public ValueTask InvoiceAsync(Guid orderId, string customer, decimal amount) => ChargeAsync(orderId, amount);

    public ValueTask ChargeAsync(Guid orderId, decimal amount)
    {
        _charged += amount;
        return default;
    }

    public ValueTask SubmitAsync(Order order) => default;

    public ValueTask<int> AddAsync(int left, int right) => new(left + right);

    public decimal Charged => _charged;
}

/// <summary>The values that are written and read.</summary>
public static class Samples
{
    public static readonly Guid OrderId = Guid.Parse("0198c0de-7000-7abc-8def-0123456789ab");

    public const string Customer = "Ada Lovelace";

    public const decimal Amount = 129.90m;

    public static Order Order() => new()
    {
        Id = OrderId,
        Lines = [.. Enumerable.Range(0, 10).Select(i => new Line { Sku = $"SKU-{i:D5}", Quantity = i * 37, Price = 9.99m + i })],
        Note = "Please ring twice.",
        Tags = new Dictionary<string, string> { ["channel"] = "web", ["campaign"] = "autumn" },
        At = new DateTime(2026, 3, 14, 15, 9, 26, DateTimeKind.Utc),
    };
}
