// A number in a cache, read, counted up and written back; and one that is only set.
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

[TaskContract]
public interface ICachedCounters
{
    [Task, Idempotent]
    Task CountAsync(string page, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CountInRedisAsync(string page);

    [Task, Idempotent]
    Task CopyAsync(string page);
}

public sealed class CachedCounterWorker(IDistributedCache cache, IDatabase redis) : ICachedCounters
{
    public async Task CountAsync(string page, CancellationToken cancellationToken)
    {
        string key = $"views:{page}";
        int views = int.Parse(await cache.GetStringAsync(key, cancellationToken) ?? "0");
        await {|TT412:cache.SetStringAsync(key, (views + 1).ToString(), cancellationToken)|};
    }

    public async Task CountInRedisAsync(string page)
    {
        long views = long.Parse((string?)await redis.StringGetAsync($"views:{page}") ?? "0");
        views++;
        await {|TT412:redis.StringSetAsync($"views:{page}", $"{views}")|};
    }

    public async Task CopyAsync(string page)
    {
        long views = long.Parse((string?)await redis.StringGetAsync($"views:{page}") ?? "0");
        await redis.StringSetAsync($"shown:{page}", $"{views * 10}");
    }
}
