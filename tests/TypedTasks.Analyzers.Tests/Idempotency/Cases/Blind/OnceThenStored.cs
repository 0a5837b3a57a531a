// The charge is made once; what it came to is put under the order's name as often as you like.
using System.Net.Http;
using System.Net.Http.Json;

public sealed record ChargeReceipt(string Number);

[TaskContract]
public interface IOnceStored
{
    [Task, Idempotent]
    Task ChargeAsync(Guid order, decimal amount, TaskContext context = null!);
}

public sealed class OnceStoredWorker(HttpClient http) : IOnceStored
{
    public async Task ChargeAsync(Guid order, decimal amount, TaskContext context)
    {
        ChargeReceipt receipt = await context.OnceAsync("charge", async cancellationToken =>
        {
            using HttpResponseMessage response = await http.PostAsJsonAsync("/charges", new { order, amount }, cancellationToken);
            return (await response.Content.ReadFromJsonAsync<ChargeReceipt>(cancellationToken))!;
        });
        await http.PutAsJsonAsync($"/orders/{order}/receipt", receipt, context.CancellationToken);
    }
}
