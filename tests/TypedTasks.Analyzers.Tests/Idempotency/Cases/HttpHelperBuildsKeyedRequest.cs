using System.Net.Http;

[TaskContract]
public interface IRefunds
{
    [Task, Idempotent]
    Task RefundAsync(string paymentId, long cents);
}

public sealed class PaymentApi(HttpClient http)
{
    public async Task RefundAsync(string paymentId, long cents, string key)
    {
        HttpRequestMessage request = Build(HttpMethod.Post, $"/payments/{paymentId}/refunds?cents={cents}");
        AddKey(request, key);
        await SendAsync(request);
    }

    private static HttpRequestMessage Build(HttpMethod method, string path) => new(method, path);

    private static void AddKey(HttpRequestMessage request, string key) => request.Headers.TryAddWithoutValidation("Idempotency-Key", key);

    private async Task SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
    }
}

public sealed class RefundWorker(PaymentApi api) : IRefunds
{
    public Task RefundAsync(string paymentId, long cents) => api.RefundAsync(paymentId, cents, $"refund:{paymentId}");
}
