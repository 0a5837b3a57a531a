using Microsoft.EntityFrameworkCore;

// A consumer with an inbox row in the unit of work: order and row are one commit, and the row's key is the message's.
public sealed class InboxMessage
{
    public Guid Id { get; set; }
}

public sealed class Stock
{
    public string Sku { get; set; } = "";
    public int Reserved { get; set; }
}

public sealed class Warehouse : DbContext
{
    public DbSet<InboxMessage> Inbox => Set<InboxMessage>();
    public DbSet<Stock> Stocks => Set<Stock>();
}

[TaskContract]
public interface IReservations
{
    [Task, Idempotent]
    Task ReserveAsync(Guid message, string sku, int count);
}

public sealed class ReservationWorker(Warehouse warehouse) : IReservations
{
    public async Task ReserveAsync(Guid message, string sku, int count)
    {
        warehouse.Inbox.Add(new InboxMessage { Id = message });
        Stock? stock = await warehouse.Stocks.FindAsync(sku);
        stock!.Reserved += count;
        try
        {
            await warehouse.SaveChangesAsync();
        }
        catch (DbUpdateException)
        {
            // Reserved before.
        }
    }
}
