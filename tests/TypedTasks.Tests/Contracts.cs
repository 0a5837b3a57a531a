namespace TypedTasks.Tests;

/// <summary>The contract of ENVELOPE.md's example.</summary>
[TaskContract("invoices")]
public interface IInvoices
{
    [Task]
    ValueTask<string> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken = default);

    [Task(KeepOutcome = "none")]
    ValueTask CountAsync(int number, Guid id, decimal amount);

    [Task(MaxAttempts = 2)]
    [Idempotent(Key = nameof(orderId))]
    ValueTask<string> OnceAsync(Guid orderId);
}

public sealed class InvoiceHandler : IInvoices
{
    public long Sum { get; private set; }

    public Action? OnOnce { get; set; }

    public ValueTask<string> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken) =>
        new($"{orderId} {amount.ToString(System.Globalization.CultureInfo.InvariantCulture)}");

    public ValueTask CountAsync(int number, Guid id, decimal amount)
    {
        Sum += number;
        return default;
    }

    public ValueTask<string> OnceAsync(Guid orderId)
    {
        OnOnce?.Invoke();
        return new("once");
    }
}
