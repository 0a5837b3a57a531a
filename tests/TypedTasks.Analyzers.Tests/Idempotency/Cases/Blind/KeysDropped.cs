// Keys are dropped from two caches.
using Microsoft.Extensions.Caching.Memory;
using StackExchange.Redis;

[TaskContract]
public interface ICacheDrops
{
    [Task, Idempotent]
    Task DropAsync(Guid tenant);
}

public sealed class CacheDropWorker(IMemoryCache memory, IDatabase redis) : ICacheDrops
{
    public async Task DropAsync(Guid tenant)
    {
        memory.Remove($"tenant:{tenant}");
        foreach (string part in (string[])["menu", "prices", "rights"])
        {
            await redis.KeyDeleteAsync($"tenant:{tenant}:{part}");
        }
    }
}
