// Sorted sets and hashes are written by name, a list grows.
using StackExchange.Redis;

[TaskContract]
public interface IFeeds
{
    [Task, Idempotent]
    Task InsertAsync(long status, long follower, double score);

    [Task, Idempotent]
    Task TrackAsync(string page, string visitor);
}

public sealed class FeedWorker(IDatabase redis) : IFeeds
{
    public async Task InsertAsync(long status, long follower, double score)
    {
        await redis.SortedSetAddAsync($"feed:{follower}", status, score);
        await redis.HashSetAsync($"status:{status}", "seen", 1);
        await redis.KeyDeleteAsync($"feed:{follower}:cache");
    }

    public async Task TrackAsync(string page, string visitor)
    {
        await {|TT412:redis.HashIncrementAsync("visits", page)|};
        await {|TT411:redis.ListRightPushAsync($"visits:{page}", visitor)|};
    }
}
