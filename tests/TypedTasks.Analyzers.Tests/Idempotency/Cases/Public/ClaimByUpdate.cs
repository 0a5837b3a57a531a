// Rows are claimed one by one with a conditional update; only who has changed the row goes on with it.
using Microsoft.EntityFrameworkCore;
using MassTransit;

public sealed class ScheduledDeletion
{
    public long Id { get; set; }
    public bool InProgress { get; set; }
    public DateTimeOffset ScheduledAt { get; set; }
}

public sealed record DeletionDue(long Id);

public sealed class DeletionContext : DbContext
{
    public DbSet<ScheduledDeletion> Deletions => Set<ScheduledDeletion>();
}

[TaskContract]
public interface IScheduledDeletions
{
    [Task, Idempotent]
    Task StartAsync(CancellationToken cancellationToken = default);
}

public sealed class ScheduledDeletionWorker(DeletionContext deletions, IPublishEndpoint publish, TimeProvider time) : IScheduledDeletions
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        List<long> due = await deletions.Deletions.Where(one => !one.InProgress && one.ScheduledAt <= now).Select(one => one.Id).ToListAsync(cancellationToken);
        foreach (long id in due)
        {
            int affected = await deletions.Deletions.Where(one => one.Id == id && !one.InProgress)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.InProgress, true), cancellationToken);
            if (affected == 0)
            {
                continue;
            }

            await publish.Publish(new DeletionDue(id), cancellationToken);
        }
    }
}
