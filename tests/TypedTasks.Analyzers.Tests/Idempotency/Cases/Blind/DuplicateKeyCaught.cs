// The row's key is the message's, and a second insert is told by the database.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class Delivery
{
    public Guid Id { get; set; }
    public string Address { get; set; } = "";
}

public sealed class DeliveryContext : DbContext
{
    public DbSet<Delivery> Deliveries => Set<Delivery>();
}

[TaskContract]
public interface IDeliveries
{
    [Task, Idempotent]
    Task RegisterAsync(Guid delivery, string address, CancellationToken cancellationToken = default);
}

public sealed class DeliveryWorker(DeliveryContext context, ILogger<DeliveryWorker> logger) : IDeliveries
{
    public async Task RegisterAsync(Guid delivery, string address, CancellationToken cancellationToken)
    {
        try
        {
            context.Deliveries.Add(new Delivery { Id = delivery, Address = address });
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: "23505" })
        {
            logger.LogInformation("{Delivery} is registered already", delivery);
        }
    }
}
