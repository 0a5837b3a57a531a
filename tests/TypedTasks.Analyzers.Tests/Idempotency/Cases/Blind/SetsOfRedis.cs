// Sets, hashes and scores of Redis: the same member twice is there once.
using StackExchange.Redis;

public interface IConnectionSource
{
    IDatabase Database { get; }
}

[TaskContract]
public interface IFollowerSets
{
    [Task, Idempotent]
    Task FollowAsync(string user, string followed, long at);
}

public sealed class FollowerSetWorker(IConnectionSource source) : IFollowerSets
{
    public async Task FollowAsync(string user, string followed, long at)
    {
        IDatabase redis = source.Database;
        await redis.SetAddAsync($"following:{user}", followed);
        await redis.SortedSetAddAsync($"followers:{followed}", user, at);
        await redis.HashSetAsync($"follow:{user}:{followed}", "at", at);
    }
}
