using Microsoft.EntityFrameworkCore;

public sealed class Product
{
    public Guid Id { get; set; }
    public int Stock { get; set; }
    public Guid LastOrder { get; set; }
    public bool Listed { get; set; }
}

public sealed class Shop : DbContext
{
    public DbSet<Product> Products => Set<Product>();
}

[TaskContract]
public interface IStock
{
    [Task, Idempotent]
    Task TakeAsync(Guid product, Guid order);
}

public sealed class StockWorker(Shop shop) : IStock
{
    public async Task TakeAsync(Guid product, Guid order)
    {
        await shop.Products.Where(one => one.Id == product).ExecuteUpdateAsync(set => set.SetProperty(one => one.Listed, true));
        await shop.Products.Where(one => one.Id == product && one.LastOrder != order)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.Stock, one => one.Stock - 1).SetProperty(one => one.LastOrder, order));
        await {|TT412:shop.Products.Where(one => one.Id == product).ExecuteUpdateAsync(set => set.SetProperty(one => one.Stock, one => one.Stock - 1))|};
    }
}
