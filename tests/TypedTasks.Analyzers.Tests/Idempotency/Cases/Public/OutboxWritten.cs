// An event is kept beside the change that it tells of, under an id of the event's own making.
using Microsoft.EntityFrameworkCore;

public abstract record IntegrationFact
{
    public Guid Id { get; init; } = Guid.NewGuid();
}

public sealed record PriceChanged(int Product, decimal Price) : IntegrationFact;

public sealed class OutboxEntry
{
    public Guid Id { get; set; }
    public string Content { get; set; } = "";
}

public sealed class PricedProduct
{
    public int Id { get; set; }
    public decimal Price { get; set; }
}

public sealed class PriceContext : DbContext
{
    public DbSet<PricedProduct> Products => Set<PricedProduct>();
    public DbSet<OutboxEntry> Outbox => Set<OutboxEntry>();
}

[TaskContract]
public interface IPriceChanges
{
    [Task, Idempotent]
    Task ChangeAsync(int product, decimal price, CancellationToken cancellationToken = default);
}

public sealed class PriceChangeWorker(PriceContext context) : IPriceChanges
{
    public async Task ChangeAsync(int product, decimal price, CancellationToken cancellationToken)
    {
        PricedProduct found = await context.Products.SingleAsync(one => one.Id == product, cancellationToken);
        found.Price = price;
        PriceChanged fact = new(product, price);
        {|TT418:context.Outbox.Add(new OutboxEntry { Id = fact.Id, Content = fact.ToString() })|};
        await context.SaveChangesAsync(cancellationToken);
    }
}
