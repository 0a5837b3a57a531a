using TypedTasks;

namespace Shop;

/// <summary>The contract: one interface, shared by the shop that enqueues and the worker that runs.</summary>
[TaskContract("invoices")]
public interface IInvoices
{
    /// <summary>Issues the invoice of an order, once per order however often the task is delivered.</summary>
    [Task(Queue = Queues.HighPriority, MaxAttempts = 5, Backoff = "20ms..200ms", TimeLimit = "2s", DoNotRetryOn = [typeof(UnknownCountryException)])]
    [Idempotent(Key = nameof(orderId))]
    ValueTask<InvoiceId> GenerateAsync(Guid orderId, string customer, decimal amount, CancellationToken cancellationToken = default);

    /// <summary>Adds invoices up. As the join of a group it is given what the group's tasks returned.</summary>
    [Task]
    [Idempotent]
    ValueTask<decimal> AddUpAsync(InvoiceId[] invoices);

    /// <summary>Reminds a customer of an unpaid invoice. Harmless to repeat: the book keeps one reminder an order.</summary>
    [Task]
    [Idempotent]
    ValueTask SendReminderAsync(Guid orderId);

    /// <summary>Counts that somebody looked at an invoice: little work, very often, and nobody waits for it.</summary>
    [Task(Queue = Queues.Views, KeepOutcome = "none")]
    ValueTask CountViewAsync(InvoiceId invoice);
}

/// <summary>An invoice's number, such as <c>INV-000042</c>.</summary>
public readonly record struct InvoiceId(int Number)
{
    public override string ToString() => $"INV-{Number:D6}";
}

/// <summary>The queues, declared once: a misspelt name is a compile-time mistake.</summary>
public static class Queues
{
    [TaskQueue(Concurrency = 4, Prefetch = 8)]
    public const string HighPriority = "high-priority";

    [TaskQueue(Concurrency = 2, Prefetch = 1_000)]
    public const string Views = "views";
}
