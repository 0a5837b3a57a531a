// The key is a header of the client that is made for this one call.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IKeyedClients
{
    [Task, Idempotent]
    Task OrderAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class KeyedClientWorker(IHttpClientFactory clients) : IKeyedClients
{
    public async Task OrderAsync(Guid order, CancellationToken cancellationToken)
    {
        using HttpClient client = clients.CreateClient("suppliers");
        client.DefaultRequestHeaders.Add("Idempotency-Key", $"order-{order}");
        using HttpResponseMessage response = await client.PostAsJsonAsync("orders", new { order }, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
