// A shop takes what was paid for from its stock: the arithmetic is in the entity, as domain-driven design wants it.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class CatalogItem
{
    public int Id { get; set; }
    public int AvailableStock { get; private set; }

    public int RemoveStock(int wanted)
    {
        if (AvailableStock == 0)
        {
            throw new InvalidOperationException("Sold out");
        }

        int removed = Math.Min(wanted, AvailableStock);
        AvailableStock -= removed;
        return removed;
    }
}

public sealed class CatalogContext : DbContext
{
    public DbSet<CatalogItem> Items => Set<CatalogItem>();
}

public sealed record SoldItem(int ProductId, int Units);

[TaskContract]
public interface IStockTaking
{
    [Task, Idempotent]
    Task TakeAsync(int order, SoldItem[] sold, CancellationToken cancellationToken = default);
}

public sealed class StockTakingWorker(CatalogContext catalog, ILogger<StockTakingWorker> log) : IStockTaking
{
    public async Task TakeAsync(int order, SoldItem[] sold, CancellationToken cancellationToken)
    {
        log.LogInformation("Taking the stock of {Order}", order);
        foreach (SoldItem one in sold)
        {
            CatalogItem? item = catalog.Items.Find(one.ProductId);
            item?{|TT412:.RemoveStock(one.Units)|};
        }

        await catalog.SaveChangesAsync(cancellationToken);
    }
}
