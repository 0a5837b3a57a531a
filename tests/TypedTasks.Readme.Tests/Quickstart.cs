using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace TypedTasks.Readme.Tests;

// The code of README.md, so that it compiles and runs. ReadmeTests compares them line by line.

// The contract: one interface, shared by producers and workers.
[TaskContract("invoices")]
public interface IInvoices
{
    [Task(Queue = Queues.HighPriority, MaxAttempts = 5, Backoff = "1s..5m", TimeLimit = "2s")]
    [Idempotent(Key = nameof(orderId))]                     // completes once an order, however often it is enqueued or delivered
    ValueTask<InvoiceId> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken = default);

    [Task]                                                  // the queue "default", five attempts
    ValueTask SendReminderAsync(Guid orderId);
}

public readonly record struct InvoiceId(int Number);

public static class Queues
{
    [TaskQueue(Prefetch = 1)] public const string HighPriority = "high-priority";
}

// A producer: the client has the contract's methods, and each returns when the engine has accepted the task.
public sealed class Checkout(ITaskClient<IInvoices> invoices)
{
    public async Task<InvoiceId> CompleteAsync(Guid orderId, decimal amount)
    {
        TaskHandle<InvoiceId> task = await invoices.GenerateAsync(orderId, amount);
        await invoices.SendReminderAsync(orderId, EnqueueOptions.In(TimeSpan.FromDays(3)));
        return await task.ResultAsync();                    // only if you want to wait
    }
}

// A worker: the plain implementation of the contract. An exception means another attempt, and after the last one a dead letter.
public sealed class InvoiceWorker(InvoiceBook book) : IInvoices
{
    public ValueTask<InvoiceId> GenerateAsync(Guid orderId, decimal amount, CancellationToken cancellationToken) =>
        amount > 0 ? book.IssueAsync(orderId, amount, cancellationToken) : throw new DeadLetterException($"The amount is {amount}.");

    public ValueTask SendReminderAsync(Guid orderId) => book.RemindAsync(orderId);
}

// The reader's own: what a shop does with an order.
public sealed class InvoiceBook
{
    private int _last;

    public async ValueTask<InvoiceId> IssueAsync(Guid orderId, decimal amount, CancellationToken cancellationToken)
    {
        await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        return new InvoiceId(Interlocked.Increment(ref _last));
    }

    public ValueTask RemindAsync(Guid orderId) => ValueTask.CompletedTask;
}

internal static class Quickstart
{
    internal static async Task<(InvoiceId First, InvoiceId Again)> RunAsync(Guid orderId, decimal amount)
    {
        // The host: the engine is one line.
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services
            .AddSingleton<InvoiceBook>()
            .AddSingleton<Checkout>()
            .AddTypedTasks(tasks => tasks
                .UseEmbedded()                              // in this process's memory, no server
                .AddClient<IInvoices>()
                .AddWorker<IInvoices, InvoiceWorker>(worker => worker.Concurrency = 16));

        using IHost host = builder.Build();
        await host.StartAsync();
        Checkout checkout = host.Services.GetRequiredService<Checkout>();
        InvoiceId first = await checkout.CompleteAsync(orderId, amount);
        InvoiceId again = await checkout.CompleteAsync(orderId, amount);
        await host.StopAsync();
        return (first, again);
    }
}
