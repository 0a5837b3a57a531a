using System.Net.Http;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

public sealed record SquarePayment(string IdempotencyKey, long Cents);

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task PayAsync(Guid payment, long cents);
}

public sealed class PaymentWorker(HttpClient http) : IPayments
{
    public async Task PayAsync(Guid payment, long cents)
    {
        await http.PostAsJsonAsync("/v2/payments", new { idempotency_key = payment.ToString(), amount = cents });
        await http.PostAsJsonAsync("/v2/payments", new SquarePayment(payment.ToString(), cents));
        string json = JsonSerializer.Serialize(new SquarePayment($"second:{payment}", cents));
        await http.PostAsync("/v2/payments", new StringContent(json, Encoding.UTF8, "application/json"));
    }
}
