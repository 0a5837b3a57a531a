// A client of one's own takes the key as a parameter, and puts it into the header.
using System.Net.Http;
using System.Net.Http.Json;

public sealed class PaymentApi(HttpClient http)
{
    public async Task<string> CaptureAsync(Guid payment, decimal amount, string idempotencyKey, CancellationToken stop)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, $"payments/{payment}/captures")
        {
            Content = JsonContent.Create(new { amount }),
            Headers = { { "Idempotency-Key", idempotencyKey } },
        };
        using HttpResponseMessage response = await http.SendAsync(request, stop);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync(stop);
    }

    public async Task VoidAsync(Guid payment, CancellationToken stop)
    {
        using HttpResponseMessage response = await http.PostAsync($"payments/{payment}/void", null, stop);
        response.EnsureSuccessStatusCode();
    }
}

[TaskContract]
public interface ICaptures
{
    [Task, Idempotent]
    Task<string> CaptureAsync(Guid payment, decimal amount, TaskContext context);

    [Task, Idempotent]
    Task VoidAsync(Guid payment, CancellationToken cancellationToken = default);
}

public sealed class CaptureWorker(PaymentApi api) : ICaptures
{
    public Task<string> CaptureAsync(Guid payment, decimal amount, TaskContext context) =>
        api.CaptureAsync(payment, amount, $"capture:{context.Id}", context.CancellationToken);

    public Task VoidAsync(Guid payment, CancellationToken cancellationToken) => {|TT410:api.VoidAsync(payment, cancellationToken)|};
}
