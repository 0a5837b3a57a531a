// Counters of a transaction in Redis, and a cache entry of the same.
using StackExchange.Redis;

[TaskContract]
public interface IArticleViewCounts
{
    [Task, Idempotent]
    Task ViewedAsync(string article, string country);

    [Task, Idempotent]
    Task ViewedOnceAsync(Guid view, string article);
}

public sealed class ArticleViewWorker(IDatabase redis) : IArticleViewCounts
{
    public async Task ViewedAsync(string article, string country)
    {
        Task<long> total = {|TT412:redis.HashIncrementAsync($"views:{article}", "total")|};
        Task<long> local = {|TT412:redis.HashIncrementAsync($"views:{article}", country)|};
        await Task.WhenAll(total, local);
    }

    public async Task ViewedOnceAsync(Guid view, string article)
    {
        if (!await redis.StringSetAsync($"view:{view}", "1", TimeSpan.FromDays(7), When.NotExists))
        {
            return;
        }

        await redis.HashIncrementAsync($"views:{article}", "total");
    }
}
