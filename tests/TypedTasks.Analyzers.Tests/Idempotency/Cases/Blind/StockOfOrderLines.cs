// Stock is taken for every line of an order, over the products that came with it.
using Microsoft.EntityFrameworkCore;

public sealed class StockProduct
{
    public int Id { get; set; }
    public int Available { get; set; }
}

public sealed class StockLine
{
    public int Id { get; set; }
    public StockProduct Product { get; set; } = null!;
    public int Quantity { get; set; }
}

public sealed class StockOrder
{
    public Guid Id { get; set; }
    public bool StockTaken { get; set; }
    public List<StockLine> Lines { get; set; } = [];
}

public sealed class StockContext : DbContext
{
    public DbSet<StockOrder> Orders => Set<StockOrder>();
}

[TaskContract]
public interface IStockOfOrders
{
    [Task, Idempotent]
    Task TakeAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TakeOnceAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class StockTakingWorker(StockContext context) : IStockOfOrders
{
    public async Task TakeAsync(Guid order, CancellationToken cancellationToken)
    {
        StockOrder found = await context.Orders.Include(one => one.Lines).SingleAsync(one => one.Id == order, cancellationToken);
        foreach (StockLine line in found.Lines)
        {
            if (line.Product.Available < line.Quantity)
            {
                throw new InvalidOperationException($"Too little of {line.Product.Id}");
            }

            {|TT412:line.Product.Available -= line.Quantity|};
        }

        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task TakeOnceAsync(Guid order, CancellationToken cancellationToken)
    {
        StockOrder found = await context.Orders.Include(one => one.Lines).SingleAsync(one => one.Id == order, cancellationToken);
        if (found.StockTaken)
        {
            return;
        }

        foreach (StockLine line in found.Lines)
        {
            line.Product.Available -= line.Quantity;
        }

        found.StockTaken = true;
        await context.SaveChangesAsync(cancellationToken);
    }
}
