// When somebody was seen last, and how often it was tried: as new as the last attempt.
using Microsoft.EntityFrameworkCore;

public sealed class Visitor
{
    public Guid Id { get; set; }
    public DateTimeOffset LastSeenAt { get; set; }
    public int SyncAttempts { get; set; }
}

public sealed class VisitorContext : DbContext
{
    public DbSet<Visitor> Visitors => Set<Visitor>();
}

[TaskContract]
public interface IVisitors
{
    [Task, Idempotent]
    Task SeenAsync(Guid visitor, CancellationToken cancellationToken = default);
}

public sealed class VisitorWorker(VisitorContext context, TimeProvider time) : IVisitors
{
    public async Task SeenAsync(Guid visitor, CancellationToken cancellationToken)
    {
        Visitor found = await context.Visitors.SingleAsync(one => one.Id == visitor, cancellationToken);
        found.LastSeenAt = time.GetUtcNow();
        found.SyncAttempts++;
        await context.SaveChangesAsync(cancellationToken);
    }
}
