using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.FromCelery;

[TaskContract("invoicing")]
public interface IInvoices
{
    // autoretry_for, max_retries=4, retry_backoff=1, retry_backoff_max=300, soft_time_limit=30, expires, result_expires
    [Task(RetryOn = [typeof(HttpRequestException)], MaxAttempts = 5, Backoff = "1s..5m", TimeLimit = "30s", Expires = "1h", KeepOutcome = "24h")]
    [Idempotent(Key = nameof(order))]
    ValueTask<int> GenerateAsync(Guid order, decimal amount, TaskContext context = null!);
}

public sealed class InvoiceWorker(ITaxes taxes) : IInvoices
{
    public async ValueTask<int> GenerateAsync(Guid order, decimal amount, TaskContext context)
    {
        await context.ReportAsync(50);                                                      // self.update_state(state="PROGRESS", meta=50)
        if (await taxes.FindAsync(order, context.CancellationToken) is not { } rate)
        {
            throw TaskContext.RetryAfter(TimeSpan.FromMinutes(1), "The rate is not known yet.");    // raise self.retry(countdown=60)
        }

        return await context.OnceAsync("issue", async cancellationToken => await taxes.IssueAsync(order, amount * rate, cancellationToken));
    }
}

public sealed class Checkout(ITaskClient<IInvoices> invoices)
{
    public async Task<int> CompleteAsync(Guid order, decimal amount)
    {
        TaskHandle<int> task = await invoices.GenerateAsync(order, amount, EnqueueOptions.In(TimeSpan.FromMinutes(1)));    // .apply_async((…), countdown=60)
        return await task.ResultAsync(TimeSpan.FromMinutes(10));                            // .get(timeout=600)
    }
}

public interface ITaxes
{
    ValueTask<decimal?> FindAsync(Guid order, CancellationToken cancellationToken);

    ValueTask<int> IssueAsync(Guid order, decimal tax, CancellationToken cancellationToken);
}

public sealed class FromCeleryTests
{
    [Fact]
    public async Task The_task_that_moved_runs()
    {
        var taxes = new Taxes();
        await using TaskTestHost host = await TaskTestHost.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton<ITaxes>(taxes);
            tasks.AddClient<IInvoices>().AddWorker<IInvoices, InvoiceWorker>();
        });

        Task<int> number = new Checkout(host.Client<IInvoices>()).CompleteAsync(Guid.NewGuid(), 100m);
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(1, await number);
        Assert.Equal(2, taxes.Asked);
        Assert.Equal(VirtualTime.Start + TimeSpan.FromMinutes(2), host.Time.UtcNow);
    }

    private sealed class Taxes : ITaxes
    {
        public int Asked { get; private set; }

        public ValueTask<decimal?> FindAsync(Guid order, CancellationToken cancellationToken) => new(++Asked == 1 ? null : 0.25m);

        public ValueTask<int> IssueAsync(Guid order, decimal tax, CancellationToken cancellationToken) => new(1);
    }
}
