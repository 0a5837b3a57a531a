// A new aggregate with its lines, through a repository of one's own; the database numbers it.
using Microsoft.EntityFrameworkCore;

public sealed class PurchaseLine
{
    public int Id { get; set; }
    public int ProductId { get; set; }
    public int Units { get; set; }
}

public sealed class Purchase(string buyer)
{
    private readonly List<PurchaseLine> _lines = [];

    public int Id { get; private set; }
    public string Buyer { get; } = buyer;
    public IReadOnlyList<PurchaseLine> Lines => _lines;

    public void AddLine(int product, int units) => _lines.Add(new PurchaseLine { ProductId = product, Units = units });
}

public sealed class PurchaseContext : DbContext
{
    public DbSet<Purchase> Purchases => Set<Purchase>();
}

public interface IPurchaseRepository
{
    void Add(Purchase purchase);
    Task SaveAsync(CancellationToken cancellationToken);
}

public sealed class PurchaseRepository(PurchaseContext context) : IPurchaseRepository
{
    public void Add(Purchase purchase) => context.Purchases.Add(purchase);

    public Task SaveAsync(CancellationToken cancellationToken) => context.SaveChangesAsync(cancellationToken);
}

[TaskContract]
public interface IPurchases
{
    [Task, Idempotent]
    Task PlaceAsync(string buyer, int[] products, CancellationToken cancellationToken = default);
}

public sealed class PurchaseWorker(IPurchaseRepository purchases) : IPurchases
{
    public async Task PlaceAsync(string buyer, int[] products, CancellationToken cancellationToken)
    {
        Purchase purchase = new(buyer);
        foreach (int product in products)
        {
            purchase.AddLine(product, 1);
        }

        {|TT411:purchases.Add(purchase)|};
        await purchases.SaveAsync(cancellationToken);
    }
}
