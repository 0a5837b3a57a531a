// Counters and lists in Redis, and what is only set.
using StackExchange.Redis;

[TaskContract]
public interface IStockInRedis
{
    [Task, Idempotent]
    Task SoldAsync(string sku, int count);

    [Task, Idempotent]
    Task ShownAsync(string sku, string user);

    [Task, Idempotent]
    Task PricedAsync(string sku, long cents);
}

public sealed class StockInRedisWorker : IStockInRedis
{
    private readonly IDatabase _redis;

    public StockInRedisWorker(IDatabase redis)
    {
        _redis = redis;
    }

    private static string KeyOf(string sku) => $"stock:{sku.ToUpperInvariant()}";

    public async Task SoldAsync(string sku, int count)
    {
        long left = await {|TT412:_redis.StringIncrementAsync(KeyOf(sku), -count)|};
        if (left < 0)
        {
            await _redis.SetAddAsync("empty", sku);
        }
    }

    public async Task ShownAsync(string sku, string user)
    {
        await {|TT411:_redis.ListLeftPushAsync($"history:{user}", sku)|};
    }

    public async Task PricedAsync(string sku, long cents)
    {
        await _redis.HashSetAsync("prices", sku, cents);
        await _redis.SortedSetAddAsync("by-price", sku, cents);
        await _redis.KeyDeleteAsync($"page:{sku}");
    }
}
