// A key for the whole checkout: what comes before another call is done again when that one fails.
using System.Net.Http;
using System.Net.Http.Json;

public interface IReceiptMailer
{
    Task SendReceiptAsync(Guid order, CancellationToken cancellationToken);
}

[TaskContract]
public interface ICheckouts
{
    [Task, Idempotent(Key = nameof(order))]
    Task CompleteAsync(Guid order, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent(Key = nameof(order))]
    Task CompleteOnceAsync(Guid order, decimal amount, TaskContext context);
}

public sealed class CheckoutWorker(HttpClient http, IReceiptMailer mailer) : ICheckouts
{
    public async Task CompleteAsync(Guid order, decimal amount, CancellationToken cancellationToken)
    {
        using HttpResponseMessage charged = await {|TT423:http.PostAsJsonAsync("/charges", new { order, amount }, cancellationToken)|};
        charged.EnsureSuccessStatusCode();
        using HttpResponseMessage stored = await http.PutAsJsonAsync($"/orders/{order}", new { state = "paid" }, cancellationToken);
        stored.EnsureSuccessStatusCode();
        await {|TT422:mailer.SendReceiptAsync(order, cancellationToken)|};
    }

    public async Task CompleteOnceAsync(Guid order, decimal amount, TaskContext context)
    {
        await context.OnceAsync("charge", async stop => (await http.PostAsJsonAsync("/charges", new { order, amount }, stop)).EnsureSuccessStatusCode());
        await http.PutAsJsonAsync($"/orders/{order}", new { state = "paid" }, context.CancellationToken);
        await context.OnceAsync("receipt", async stop => await mailer.SendReceiptAsync(order, stop));
    }
}
