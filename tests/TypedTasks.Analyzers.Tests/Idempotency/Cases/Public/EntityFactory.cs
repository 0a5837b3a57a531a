// An entity that makes its own id in its constructor, as domain models do.
using Microsoft.EntityFrameworkCore;

public abstract class EntityBase
{
    public Guid Id { get; protected set; } = Guid.NewGuid();
}

public sealed class Invoice : EntityBase
{
    private Invoice(Guid order, decimal total)
    {
        Order = order;
        Total = total;
    }

    public Guid Order { get; private set; }
    public decimal Total { get; private set; }

    public static Invoice Draft(Guid order, decimal total) => new(order, total);

    public static Invoice For(Guid id, Guid order, decimal total) => new(order, total) { Id = id };
}

public sealed class InvoicingContext : DbContext
{
    public DbSet<Invoice> Invoices => Set<Invoice>();
}

[TaskContract]
public interface IInvoicing
{
    [Task, Idempotent]
    Task DraftAsync(Guid order, decimal total, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task DraftOnceAsync(Guid order, decimal total, CancellationToken cancellationToken = default);
}

public sealed class InvoicingWorker(InvoicingContext context) : IInvoicing
{
    public async Task DraftAsync(Guid order, decimal total, CancellationToken cancellationToken)
    {
        {|TT411:context.Invoices.Add(Invoice.Draft(order, total))|};
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task DraftOnceAsync(Guid order, decimal total, CancellationToken cancellationToken)
    {
        if (await context.Invoices.AnyAsync(one => one.Order == order, cancellationToken))
        {
            return;
        }

        context.Invoices.Add(Invoice.Draft(order, total));
        await context.SaveChangesAsync(cancellationToken);
    }
}
