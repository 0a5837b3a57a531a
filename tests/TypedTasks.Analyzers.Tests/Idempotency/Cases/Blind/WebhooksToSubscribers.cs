// Webhooks: one that its receiver can tell apart, and one that nobody can.
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;

public interface ISubscriptions
{
    Task<IReadOnlyList<Uri>> UrlsAsync(string topic, CancellationToken cancellationToken);
}

[TaskContract]
public interface ISubscriberWebhooks
{
    [Task(MaxAttempts = 12, Backoff = "5s..1h"), Idempotent]
    Task DeliverAsync(Guid delivery, Uri url, string body, string secret, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BroadcastAsync(string topic, string body, CancellationToken cancellationToken = default);
}

public sealed class SubscriberWebhookWorker(HttpClient http, ISubscriptions subscriptions) : ISubscriberWebhooks
{
    public async Task DeliverAsync(Guid delivery, Uri url, string body, string secret, CancellationToken cancellationToken)
    {
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("webhook-id", delivery.ToString());
        request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }

    public async Task BroadcastAsync(string topic, string body, CancellationToken cancellationToken)
    {
        IReadOnlyList<Uri> urls = await subscriptions.UrlsAsync(topic, cancellationToken);
        await Parallel.ForEachAsync(urls, cancellationToken, async (url, token) =>
        {
            using StringContent content = new(body, Encoding.UTF8, "application/json");
            await {|TT410:http.PostAsync(url, content, token)|};
        });
    }
}
