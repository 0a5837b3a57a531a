// The order of another service is kept here under its own id; a second delivery runs into the key, and that is fine.
using Microsoft.EntityFrameworkCore;

public sealed class OrderCopy
{
    public Guid Id { get; set; }
    public string Market { get; set; } = "";
    public decimal Filled { get; set; }
}

public sealed class OrderCopyContext : DbContext
{
    public DbSet<OrderCopy> Copies => Set<OrderCopy>();
}

[TaskContract]
public interface IOrderCopies
{
    [Task, Idempotent]
    Task KeepAsync(Guid order, string market, decimal filled);
}

public sealed class OrderCopyWorker(OrderCopyContext database) : IOrderCopies
{
    public async Task KeepAsync(Guid order, string market, decimal filled)
    {
        var copy = new OrderCopy { Id = order, Market = market, Filled = filled };
        database.Add(copy);
        try
        {
            await database.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            database.Entry(copy).State = EntityState.Detached;
        }
    }
}
