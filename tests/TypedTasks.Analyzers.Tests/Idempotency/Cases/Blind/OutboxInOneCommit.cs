// A change of state and the message about it are saved in one commit, behind a look at the state.
using System.Text.Json;
using Microsoft.EntityFrameworkCore;

public enum DeliveryState
{
    Planned,
    OnItsWay,
    Delivered,
}

public sealed class PlannedDelivery
{
    public Guid Id { get; set; }
    public DeliveryState State { get; set; }
    public string Driver { get; set; } = "";
    public DateTimeOffset? DeliveredAt { get; set; }
}

public sealed class DeliveryOutboxMessage
{
    public long Id { get; set; }
    public string Topic { get; set; } = "";
    public string Payload { get; set; } = "";
    public DateTimeOffset WrittenAt { get; set; }
}

public sealed class DeliveryContext : DbContext
{
    public DbSet<PlannedDelivery> Deliveries => Set<PlannedDelivery>();
    public DbSet<DeliveryOutboxMessage> Outbox => Set<DeliveryOutboxMessage>();
}

[TaskContract]
public interface IParcelDeliveries
{
    [Task, Idempotent]
    Task DeliveredAsync(Guid delivery, string signature, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class DeliveryWorker(DeliveryContext database) : IParcelDeliveries
{
    public async Task DeliveredAsync(Guid delivery, string signature, TaskContext context, CancellationToken cancellationToken)
    {
        PlannedDelivery found = await database.Deliveries.FirstOrDefaultAsync(one => one.Id == delivery, cancellationToken)
            ?? throw new KeyNotFoundException($"There is no delivery {delivery}.");
        if (found is not { State: DeliveryState.OnItsWay })
        {
            return;
        }

        found.State = DeliveryState.Delivered;
        found.DeliveredAt = context.EnqueuedAt;
        database.Outbox.Add(new DeliveryOutboxMessage
        {
            Topic = "deliveries.delivered",
            Payload = JsonSerializer.Serialize(new { delivery, found.Driver, signature }),
            WrittenAt = context.EnqueuedAt,
        });
        await database.SaveChangesAsync(cancellationToken);
    }
}
