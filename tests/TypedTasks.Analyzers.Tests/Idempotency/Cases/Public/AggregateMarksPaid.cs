// The usual command: find the order, set it paid, save. Repeating it changes nothing.
using Microsoft.EntityFrameworkCore;

public sealed class SalesOrder
{
    public int Id { get; set; }
    public string Status { get; private set; } = "Submitted";
    public string? Description { get; private set; }

    public void SetPaid()
    {
        Status = "Paid";
        Description = "The payment was made at a simulated bank";
    }
}

public sealed class SalesContext : DbContext
{
    public DbSet<SalesOrder> Orders => Set<SalesOrder>();
}

public sealed class SalesOrders(SalesContext context)
{
    public ValueTask<SalesOrder?> GetAsync(int id) => context.Orders.FindAsync(id);

    public async Task<bool> SaveEntitiesAsync(CancellationToken cancellationToken)
    {
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}

[TaskContract]
public interface IPaidOrders
{
    [Task, Idempotent]
    Task<bool> SetPaidAsync(int order, CancellationToken cancellationToken = default);
}

public sealed class PaidOrderWorker(SalesOrders orders) : IPaidOrders
{
    public async Task<bool> SetPaidAsync(int order, CancellationToken cancellationToken)
    {
        SalesOrder? found = await orders.GetAsync(order);
        if (found is null)
        {
            return false;
        }

        found.SetPaid();
        return await orders.SaveEntitiesAsync(cancellationToken);
    }
}
