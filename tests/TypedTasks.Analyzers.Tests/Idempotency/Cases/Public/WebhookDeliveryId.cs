// A webhook whose receiver is told the delivery's id, which stays the same: that is what receivers recognise a repetition by.
using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IStoreHooks
{
    [Task, Idempotent]
    Task DeliverAsync(string deliveryId, Uri url, string json, CancellationToken cancellationToken = default);
}

public sealed class StoreHookWorker(IHttpClientFactory factory) : IStoreHooks
{
    public async Task DeliverAsync(string deliveryId, Uri url, string json, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, url) { Content = new StringContent(json) };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", $"delivery-{deliveryId}");
        HttpClient client = factory.CreateClient("hooks");
        using HttpResponseMessage answer = await client.SendAsync(request, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
