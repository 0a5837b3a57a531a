// Order and event are one transaction's; whoever reads the outbox sends.
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

public sealed class SalesOrder
{
    public Guid Id { get; set; }
    public string Status { get; set; } = "";
}

public sealed class OutboxMessage
{
    public Guid Id { get; set; }
    public string Type { get; set; } = "";
    public string Content { get; set; } = "";
}

public sealed class SalesContext : DbContext
{
    public DbSet<SalesOrder> Orders => Set<SalesOrder>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
}

[TaskContract]
public interface ISalesOrders
{
    [Task, Idempotent]
    Task ConfirmAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class SalesOrderWorker(SalesContext context) : ISalesOrders
{
    public async Task ConfirmAsync(Guid order, CancellationToken cancellationToken)
    {
        SalesOrder? found = await context.Orders.FirstOrDefaultAsync(one => one.Id == order, cancellationToken);
        if (found is null || found.Status == "confirmed")
        {
            return;
        }

        found.Status = "confirmed";
        context.Outbox.Add(new OutboxMessage { Id = Guid.NewGuid(), Type = "OrderConfirmed", Content = JsonSerializer.Serialize(new { order }) });
        await context.SaveChangesAsync(cancellationToken);
    }
}
