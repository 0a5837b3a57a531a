// A price is taken over where it is newer than the one that is stored.
using Microsoft.EntityFrameworkCore;

public sealed class StoredPrice
{
    public string Id { get; set; } = "";
    public decimal Price { get; set; }
    public int Changes { get; set; }
    public long Sequence { get; set; }
}

public sealed class PriceContext : DbContext
{
    public DbSet<StoredPrice> Prices => Set<StoredPrice>();
}

[TaskContract]
public interface IPriceFeed
{
    [Task, Idempotent]
    Task TakeAsync(string sku, decimal price, long sequence, CancellationToken cancellationToken = default);
}

public sealed class PriceFeedWorker(PriceContext context) : IPriceFeed
{
    public async Task TakeAsync(string sku, decimal price, long sequence, CancellationToken cancellationToken)
    {
        StoredPrice? stored = await context.Prices.FindAsync([sku], cancellationToken);
        if (stored is not null && stored.Sequence < sequence)
        {
            stored.Price = price;
            stored.Changes += 1;
            stored.Sequence = sequence;
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
