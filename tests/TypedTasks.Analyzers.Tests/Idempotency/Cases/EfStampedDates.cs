using Microsoft.EntityFrameworkCore;

public sealed class Invoice
{
    public Guid Id { get; set; }
    public DateTimeOffset PaidAt { get; set; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? LastSeen { get; set; }
    public Guid Receipt { get; set; }
}

public sealed class Books : DbContext
{
    public DbSet<Invoice> Invoices => Set<Invoice>();
}

[TaskContract]
public interface IInvoices
{
    [Task, Idempotent]
    Task PayAsync(Guid invoice);
}

public sealed class InvoiceWorker(Books books, TimeProvider time) : IInvoices
{
    public async Task PayAsync(Guid invoice)
    {
        Invoice? found = await books.Invoices.FindAsync(invoice);
        found!.PaidAt = {|TT419:time.GetUtcNow()|};
        found.Receipt = {|TT419:Guid.NewGuid()|};
        found.UpdatedAt = time.GetUtcNow();
        found.LastSeen = time.GetUtcNow();
        await books.SaveChangesAsync();
    }
}
