using TypedTasks;

namespace Shop;

/// <summary>A contract full of mistakes, none of which keeps it from compiling.</summary>
[TaskContract("shop")]
public interface IShop
{
    // Tried again for nine hours, remembered for ten minutes: a duplicate that comes back late charges again.
    [Task(Queue = Queues.Payments, MaxAttempts = 9, Backoff = "1m..1h", RetryOn = [typeof(ArgumentException), typeof(TimeoutException)])]
    [Idempotent(Key = "{order}{customer}", Window = "10m")]
    Task ChargeAsync(string order, string customer, decimal amount);

    [Task(Backoff = "0s")]
    [Idempotent]
    Task ConfirmAsync(Guid order, CancellationToken cancellationToken);

    [Task]
    [Idempotent(Key = "{order}:{sentAt}")]
    Task<int> CountAsync(Guid order, DateTimeOffset sentAt);

    [Task]
    [Idempotent]
    Task ImportAsync(Catalogue catalogue);
}

/// <summary>Its items do not get to the worker.</summary>
public sealed class Catalogue
{
    public string Name { get; set; } = "";

    public List<string> Items { get; } = [];
}

public static class Queues
{
    [TaskQueue] public const string Payments = "payments";

    [TaskQueue] public const string Later = "Payments";
}
