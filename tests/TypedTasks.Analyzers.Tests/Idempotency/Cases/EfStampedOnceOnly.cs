using Microsoft.EntityFrameworkCore;

public sealed class Invoice
{
    public Guid Id { get; set; }
    public DateTimeOffset? PaidAt { get; set; }
    public DateTimeOffset IssuedAt { get; set; }
}

public sealed class Books : DbContext
{
    public DbSet<Invoice> Invoices => Set<Invoice>();
}

[TaskContract]
public interface IInvoices
{
    [Task, Idempotent]
    Task PayAsync(Guid invoice, TaskContext context = null!);
}

public sealed class InvoiceWorker(Books books, TimeProvider time) : IInvoices
{
    public async Task PayAsync(Guid invoice, TaskContext context)
    {
        Invoice? found = await books.Invoices.FindAsync(invoice);
        if (found!.PaidAt is null)
        {
            found.PaidAt = time.GetUtcNow();
        }

        found.IssuedAt = context.EnqueuedAt;
        await books.SaveChangesAsync();
    }
}
