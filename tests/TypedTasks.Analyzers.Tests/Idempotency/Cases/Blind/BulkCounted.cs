// Counted up in the database, anyhow, and only where this order was not counted before.
using Microsoft.EntityFrameworkCore;

public sealed class ArticleSales
{
    public string Article { get; set; } = "";
    public int Sold { get; set; }
    public Guid LastOrder { get; set; }
}

public sealed class SalesContext : DbContext
{
    public DbSet<ArticleSales> Sales => Set<ArticleSales>();
}

[TaskContract]
public interface ISalesCounts
{
    [Task, Idempotent]
    Task CountAsync(string article, int sold, Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CountOnceAsync(string article, int sold, Guid order, CancellationToken cancellationToken = default);
}

public sealed class SalesCountWorker(SalesContext database) : ISalesCounts
{
    public Task CountAsync(string article, int sold, Guid order, CancellationToken cancellationToken) =>
        {|TT412:database.Sales.Where(one => one.Article == article).ExecuteUpdateAsync(set => set.SetProperty(one => one.Sold, one => one.Sold + sold), cancellationToken)|};

    public Task CountOnceAsync(string article, int sold, Guid order, CancellationToken cancellationToken) => database.Sales
        .Where(one => one.Article == article && one.LastOrder != order)
        .ExecuteUpdateAsync(set => set.SetProperty(one => one.Sold, one => one.Sold + sold).SetProperty(one => one.LastOrder, order), cancellationToken);
}
