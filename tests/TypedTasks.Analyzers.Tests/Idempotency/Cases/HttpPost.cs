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
        HttpResponseMessage response = await {|TT410:http.PostAsJsonAsync($"/orders/{orderId}/charges", new { amount }, cancellationToken)|};
        response.EnsureSuccessStatusCode();
    }
}
