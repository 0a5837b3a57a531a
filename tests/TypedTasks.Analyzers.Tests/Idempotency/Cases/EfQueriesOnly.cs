using Microsoft.EntityFrameworkCore;

public sealed class Sale
{
    public int Id { get; set; }
    public decimal Amount { get; set; }
    public string Region { get; set; } = "";
}

public sealed record Report(string Region, decimal Sum);

public sealed class Store : DbContext
{
    public DbSet<Sale> Sales => Set<Sale>();
}

[TaskContract]
public interface IReports
{
    [Task, Idempotent]
    Task<Report> SumAsync(string region);
}

public sealed class ReportWorker(Store store) : IReports
{
    public async Task<Report> SumAsync(string region)
    {
        List<Sale> sales = await store.Sales.Where(sale => sale.Region == region).ToListAsync();
        decimal sum = 0;
        List<string> seen = [];
        foreach (Sale sale in sales)
        {
            sum += sale.Amount;
            seen.Add(sale.Region);
        }

        return new Report(region, sum);
    }
}
