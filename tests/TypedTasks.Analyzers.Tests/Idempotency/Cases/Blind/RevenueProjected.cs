// Rows are read one after the other and summed up; the sums replace those that were there.
using Microsoft.EntityFrameworkCore;

public sealed class PaidInvoice
{
    public Guid Id { get; set; }
    public DateOnly PaidOn { get; set; }
    public string Country { get; set; } = "";
    public decimal Amount { get; set; }
    public decimal Refunded { get; set; }
}

public sealed class RevenueContext : DbContext
{
    public DbSet<PaidInvoice> Invoices => Set<PaidInvoice>();
}

[TaskContract]
public interface IRevenueProjections
{
    [Task(TimeLimit = "20m"), Idempotent]
    Task ProjectAsync(int year, int month, CancellationToken cancellationToken = default);
}

public sealed class RevenueProjectionWorker(RevenueContext context) : IRevenueProjections
{
    private sealed class Sum
    {
        public decimal Gross { get; set; }
        public int Count { get; set; }
    }

    public async Task ProjectAsync(int year, int month, CancellationToken cancellationToken)
    {
        DateOnly from = new(year, month, 1);
        DateOnly until = from.AddMonths(1);
        Dictionary<string, Sum> sums = new(StringComparer.Ordinal);
        await foreach (PaidInvoice invoice in context.Invoices.AsNoTracking().Where(one => one.PaidOn >= from && one.PaidOn < until).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            if (!sums.TryGetValue(invoice.Country, out Sum? sum))
            {
                sums.Add(invoice.Country, sum = new Sum());
            }

            sum.Gross += invoice.Amount - invoice.Refunded;
            sum.Count++;
        }

        foreach ((string country, Sum sum) in sums.OrderBy(pair => pair.Key))
        {
            await context.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO revenue (year, month, country, gross, invoices) VALUES ({year}, {month}, {country}, {sum.Gross}, {sum.Count})
                ON CONFLICT (year, month, country) DO UPDATE SET gross = EXCLUDED.gross, invoices = EXCLUDED.invoices
                """,
                cancellationToken);
        }
    }
}
