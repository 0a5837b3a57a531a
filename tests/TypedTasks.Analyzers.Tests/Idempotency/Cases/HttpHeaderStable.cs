using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface ICharges
{
    [Task, Idempotent]
    ValueTask ChargeAsync(Guid orderId, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class ChargeWorker(HttpClient http) : ICharges
{
    public async ValueTask ChargeAsync(Guid orderId, decimal amount, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/charges");
        request.Headers.Add("Idempotency-Key", orderId.ToString());
        request.Content = JsonContent.Create(new { orderId, amount });
        HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
    }
}
