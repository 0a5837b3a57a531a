using System.Net.Http;
using StackExchange.Redis;

public sealed class Deduplicator(IDatabase redis)
{
    public async Task<bool> TryEnterAsync(string key) => await redis.StringSetAsync($"dedupe:{key}", "1", TimeSpan.FromHours(24), When.NotExists);
}

[TaskContract]
public interface IHooks
{
    [Task, Idempotent]
    Task CallAsync(string url, Guid call);
}

public sealed class HookWorker(Deduplicator deduplicator, HttpClient http) : IHooks
{
    public async Task CallAsync(string url, Guid call)
    {
        if (!await deduplicator.TryEnterAsync($"hook:{call}"))
        {
            return;
        }

        await http.PostAsync(url, null);
    }
}
