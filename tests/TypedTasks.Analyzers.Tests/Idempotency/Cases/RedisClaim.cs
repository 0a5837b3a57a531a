using System.Net.Http;
using StackExchange.Redis;

[TaskContract]
public interface IWebhooks
{
    [Task, Idempotent]
    Task DeliverAsync(Guid delivery, string url);
}

public sealed class WebhookWorker(IDatabase redis, HttpClient http) : IWebhooks
{
    public async Task DeliverAsync(Guid delivery, string url)
    {
        bool isFirst = await redis.StringSetAsync($"webhook:{delivery}", "1", TimeSpan.FromDays(1), When.NotExists);
        if (!isFirst)
        {
            return;
        }

        await http.PostAsync(url, null);
    }
}
