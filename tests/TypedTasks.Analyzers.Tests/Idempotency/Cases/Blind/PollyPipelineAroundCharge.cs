// A charge within a resilience pipeline: tried again by it, and by the task.
using System.Net.Http;
using System.Net.Http.Json;
using Polly;

[TaskContract]
public interface IPolicyCharges
{
    [Task, Idempotent]
    Task ChargeAsync(Guid order, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task StoreAsync(Guid order, string status, CancellationToken cancellationToken = default);
}

public sealed class PolicyChargeWorker(HttpClient http, IAsyncPolicy policy) : IPolicyCharges
{
    public async Task ChargeAsync(Guid order, decimal amount, CancellationToken cancellationToken)
    {
        await policy.ExecuteAsync(async () =>
        {
            HttpResponseMessage response = await {|TT410:http.PostAsJsonAsync("charges", new { order, amount }, cancellationToken)|};
            response.EnsureSuccessStatusCode();
        });
    }

    public async Task StoreAsync(Guid order, string status, CancellationToken cancellationToken) =>
        await policy.ExecuteAsync(async () => (await http.PutAsJsonAsync($"orders/{order}", new { status }, cancellationToken)).EnsureSuccessStatusCode());
}
