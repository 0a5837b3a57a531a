using System.Net.Http;

[TaskContract]
public interface ICharges
{
    [Task, Idempotent]
    ValueTask ChargeAsync(Guid orderId, CancellationToken cancellationToken = default);
}

public sealed class ChargeWorker(HttpClient http) : ICharges
{
    public async ValueTask ChargeAsync(Guid orderId, CancellationToken cancellationToken)
    {
        HttpRequestMessage request = new(HttpMethod.Post, $"/orders/{orderId}/charges");
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        await {|TT418:http.SendAsync(request, cancellationToken)|};
    }
}
