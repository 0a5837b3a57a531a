// A task that hands out others: those with a key of their own, or that do no harm twice, may be handed out again.
using Microsoft.EntityFrameworkCore;

public sealed class Follower
{
    public long Id { get; set; }
    public long Account { get; set; }
}

public sealed class FollowerContext : DbContext
{
    public DbSet<Follower> Followers => Set<Follower>();
}

[TaskContract]
public interface IStatusFeeds
{
    [Task, Idempotent]
    Task DistributeAsync(long account, long status, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task InsertAsync(long follower, long status);

    [Task, Idempotent(Key = "{follower}:{status}")]
    Task PushAsync(long follower, long status);

    [Task, AtMostOnce]
    Task RingAsync(long follower);
}

public sealed class StatusFeedWorker(FollowerContext context, ITaskClient<IStatusFeeds> feeds) : IStatusFeeds
{
    public async Task DistributeAsync(long account, long status, CancellationToken cancellationToken)
    {
        foreach (Follower follower in await context.Followers.Where(one => one.Account == account).ToListAsync(cancellationToken))
        {
            await feeds.InsertAsync(follower.Id, status);
            await feeds.PushAsync(follower.Id, status);
            await {|TT416:feeds.RingAsync(follower.Id)|};
        }
    }

    public Task InsertAsync(long follower, long status) => Task.CompletedTask;

    public Task PushAsync(long follower, long status) => Task.CompletedTask;

    public Task RingAsync(long follower) => Task.CompletedTask;
}
