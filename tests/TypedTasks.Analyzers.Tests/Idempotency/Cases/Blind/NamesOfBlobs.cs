// A blob under a fresh name, one under the order's, and a correlation that is new each time and names nothing.
using System.Net.Http;
using System.Net.Http.Json;
using Azure.Storage.Blobs;

[TaskContract]
public interface IBlobNames
{
    [Task, Idempotent]
    Task FreshAsync(Guid order, string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StableAsync(Guid order, CancellationToken cancellationToken = default);
}

public sealed class BlobNameWorker(HttpClient http) : IBlobNames
{
    public async Task FreshAsync(Guid order, string text, CancellationToken cancellationToken)
    {
        string name = string.Join('/', "orders", order.ToString("N"), Guid.CreateVersion7().ToString("N"));
        await {|TT418:http.PutAsJsonAsync($"/blobs/{name}", text, cancellationToken)|};
    }

    public async Task StableAsync(Guid order, CancellationToken cancellationToken)
    {
        await Task.Delay(Random.Shared.Next(5, 50), cancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Put, $"/blobs/orders/{order:N}");
        request.Headers.Add("X-Correlation-Id", Guid.NewGuid().ToString());
        request.Headers.Date = DateTimeOffset.UtcNow;
        (await http.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode();
    }
}
