// The order's invoice is made if it has none: the object that is missing is what the work makes.
using Microsoft.EntityFrameworkCore;

public sealed class OrderInvoice
{
    public int Id { get; set; }
    public Guid OrderId { get; set; }
    public decimal Total { get; set; }
}

public sealed class InvoicedOrder
{
    public Guid Id { get; set; }
    public decimal Total { get; set; }
    public OrderInvoice? Invoice { get; set; }
}

public sealed class OrderInvoices : DbContext
{
    public DbSet<InvoicedOrder> Orders => Set<InvoicedOrder>();
    public DbSet<OrderInvoice> Invoices => Set<OrderInvoice>();
}

[TaskContract]
public interface IOrderInvoices
{
    [Task, Idempotent]
    Task CreateAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class OrderInvoiceWorker(OrderInvoices context) : IOrderInvoices
{
    public async Task CreateAsync(Guid order, CancellationToken cancellationToken)
    {
        InvoicedOrder found = await context.Orders.Include(one => one.Invoice).FirstAsync(one => one.Id == order, cancellationToken);
        if (found.Invoice is not null)
        {
            return;
        }

        context.Invoices.Add(new OrderInvoice { OrderId = found.Id, Total = found.Total });
        await context.SaveChangesAsync(cancellationToken);
    }
}
