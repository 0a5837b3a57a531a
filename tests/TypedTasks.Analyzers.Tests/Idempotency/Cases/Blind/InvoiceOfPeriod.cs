// The invoice of a period is made unless there is one.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class PeriodInvoice
{
    public int Id { get; set; }
    public Guid Customer { get; set; }
    public string Period { get; set; } = "";
    public decimal Total { get; set; }
}

public sealed class InvoicingContext : DbContext
{
    public DbSet<PeriodInvoice> Invoices => Set<PeriodInvoice>();
}

[TaskContract]
public interface IPeriodInvoices
{
    [Task, Idempotent]
    Task GenerateAsync(Guid customer, string period, decimal total, CancellationToken cancellationToken = default);
}

public sealed class PeriodInvoiceWorker : IPeriodInvoices
{
    private readonly InvoicingContext _context;
    private readonly ILogger _logger;

    public PeriodInvoiceWorker(InvoicingContext context, ILogger<PeriodInvoiceWorker> logger)
    {
        _context = context;
        _logger = logger;
    }

    public async Task GenerateAsync(Guid customer, string period, decimal total, CancellationToken cancellationToken)
    {
        PeriodInvoice? existing = await _context.Invoices.FirstOrDefaultAsync(one => one.Customer == customer && one.Period == period, cancellationToken);
        if (existing != null)
        {
            _logger.LogWarning("Invoice {Invoice} of {Period} is there already", existing.Id, period);
            return;
        }

        PeriodInvoice invoice = new()
        {
            Customer = customer,
            Period = period,
            Total = total,
        };
        _context.Invoices.Add(invoice);
        await _context.SaveChangesAsync(cancellationToken);
    }
}
