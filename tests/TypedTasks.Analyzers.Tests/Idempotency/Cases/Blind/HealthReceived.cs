// A loaded row is told that its event came: it takes the time of enqueueing.
using Microsoft.EntityFrameworkCore;

public sealed class HealthCheck
{
    public int Id { get; private set; }
    public DateTimeOffset? ReceivedEvent { get; private set; }

    public void Receive(DateTimeOffset at)
    {
        if (ReceivedEvent is not null)
        {
            return;
        }

        ReceivedEvent = at;
    }
}

public sealed class HealthContext : DbContext
{
    public DbSet<HealthCheck> Checks => Set<HealthCheck>();
}

[TaskContract]
public interface IHealthChecks
{
    [Task, Idempotent]
    Task ReceiveAsync(int check, TaskContext context = null!);
}

public sealed class HealthWorker(Lazy<HealthContext> database) : IHealthChecks
{
    public async Task ReceiveAsync(int check, TaskContext context)
    {
        HealthCheck found = await database.Value.Checks.SingleAsync(one => one.Id == check, context.CancellationToken);
        found.Receive(context.EnqueuedAt);
        await database.Value.SaveChangesAsync(context.CancellationToken);
    }
}
