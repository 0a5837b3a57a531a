// The key is made in the gateway, anew for every request: it protects nothing.
using System.Net.Http;
using System.Net.Http.Json;

public static class FreshRequests
{
    public static HttpRequestMessage Create(string url, object body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, url) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        return request;
    }
}

[TaskContract]
public interface IFreshRefunds
{
    [Task, Idempotent]
    Task RefundAsync(Guid payment, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class FreshRefundWorker(HttpClient http) : IFreshRefunds
{
    public async Task RefundAsync(Guid payment, decimal amount, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = FreshRequests.Create("/refunds", new { payment, amount });
        using HttpResponseMessage response = await {|TT418:http.SendAsync(request, cancellationToken)|};
        response.EnsureSuccessStatusCode();
    }
}
