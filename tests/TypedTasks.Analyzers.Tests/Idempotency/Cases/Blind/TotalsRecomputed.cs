// Totals are computed anew of what they are the total of.
using Microsoft.EntityFrameworkCore;

public sealed class BasketLine
{
    public int Id { get; set; }
    public Guid Basket { get; set; }
    public int Count { get; set; }
    public decimal Price { get; set; }
}

public sealed class Basket
{
    public Guid Id { get; set; }
    public decimal Total { get; set; }
    public int Count { get; set; }
}

public sealed class BasketContext : DbContext
{
    public DbSet<Basket> Baskets => Set<Basket>();
    public DbSet<BasketLine> Lines => Set<BasketLine>();
}

[TaskContract]
public interface IBasketTotals
{
    [Task, Idempotent]
    Task SumAsync(Guid basket, CancellationToken cancellationToken = default);
}

public sealed class BasketTotalWorker(BasketContext context) : IBasketTotals
{
    public async Task SumAsync(Guid basket, CancellationToken cancellationToken)
    {
        Basket found = await context.Baskets.SingleAsync(one => one.Id == basket, cancellationToken);
        List<BasketLine> lines = await context.Lines.Where(one => one.Basket == basket).ToListAsync(cancellationToken);
        found.Total = 0;
        int count = 0;
        foreach (BasketLine line in lines)
        {
            count += line.Count;
        }

        found.Total = lines.Sum(line => line.Count * line.Price);
        found.Count = count;
        await context.SaveChangesAsync(cancellationToken);
    }
}
