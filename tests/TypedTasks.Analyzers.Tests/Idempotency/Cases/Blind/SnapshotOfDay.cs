// One snapshot a user and day, unless there is one.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class Holding
{
    public int Id { get; set; }
    public int UserId { get; set; }
    public decimal Worth { get; set; }
}

public sealed class NetWorthSnapshot
{
    public int Id { get; set; }
    public int UserId { get; set; }
    public DateOnly Day { get; set; }
    public decimal Sum { get; set; }
}

public sealed class WorthContext : DbContext
{
    public DbSet<Holding> Holdings => Set<Holding>();
    public DbSet<NetWorthSnapshot> Snapshots => Set<NetWorthSnapshot>();
}

[TaskContract]
public interface ISnapshots
{
    [Task, Idempotent]
    Task CaptureAsync(int[] users, DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class SnapshotWorker(WorthContext database, ILogger<SnapshotWorker> logger) : ISnapshots
{
    public async Task CaptureAsync(int[] users, DateOnly day, CancellationToken cancellationToken)
    {
        int captured = 0;
        foreach (int user in users)
        {
            bool exists = await database.Snapshots.AnyAsync(one => one.UserId == user && one.Day == day, cancellationToken);
            if (exists)
            {
                continue;
            }

            List<Holding> holdings = await database.Holdings.Where(one => one.UserId == user).ToListAsync(cancellationToken);
            database.Snapshots.Add(new NetWorthSnapshot { UserId = user, Day = day, Sum = holdings.Sum(one => one.Worth) });
            await database.SaveChangesAsync(cancellationToken);
            captured++;
        }

        logger.LogInformation("{Captured} of {Users}", captured, users.Length);
    }
}
