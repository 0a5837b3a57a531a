// Purging a cache is a POST that may be repeated as often as one likes.
using System.Net.Http;

[TaskContract]
public interface ICdn
{
    [Task, Idempotent]
    Task PurgeAsync(string service, string key, CancellationToken cancellationToken = default);
}

public sealed class CdnWorker(IHttpClientFactory factory) : ICdn
{
    public async Task PurgeAsync(string service, string key, CancellationToken cancellationToken)
    {
        HttpClient client = factory.CreateClient("cdn");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/service/{service}/purge/{key}");
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
