// Every effect in a scope of its own.
using System.Net.Http;
using System.Net.Http.Json;

public interface IReceiptMailer
{
    Task SendReceiptAsync(Guid order, string address, CancellationToken cancellationToken);
}

public sealed record CapturedPayment(string Id);

[TaskContract]
public interface IOrderCaptures
{
    [Task, Idempotent]
    Task CaptureAsync(Guid order, string address, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class CaptureWorker(HttpClient http, IReceiptMailer mailer) : IOrderCaptures
{
    public async Task CaptureAsync(Guid order, string address, TaskContext context, CancellationToken cancellationToken)
    {
        CapturedPayment payment = await context.OnceAsync($"capture:{order}", async token =>
        {
            HttpResponseMessage response = await http.PostAsJsonAsync("captures", new { order }, token);
            response.EnsureSuccessStatusCode();
            return (await response.Content.ReadFromJsonAsync<CapturedPayment>(token))!;
        });
        await http.PutAsJsonAsync($"orders/{order}/payment", payment, cancellationToken);
        await context.OnceAsync($"receipt:{order}", async token => await mailer.SendReceiptAsync(order, address, token));
    }
}
