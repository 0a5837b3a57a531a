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
        HttpRequestMessage request = new(HttpMethod.Post, $"/payments/{paymentId}/refunds?cents={cents}");
        request.Headers.Add("Idempotency-Key", key);
        await http.SendAsync(request);
    }
}

public sealed class RefundWorker(PaymentApi api) : IRefunds
{
    public async Task RefundAsync(string paymentId, long cents)
    {
        string key = $"{paymentId}-{DateTime.UtcNow:O}";
        await {|TT418:api.RefundAsync(paymentId, cents, key)|};
    }
}
