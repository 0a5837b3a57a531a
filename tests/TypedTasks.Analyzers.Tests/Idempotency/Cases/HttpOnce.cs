using System.Net.Http;

[TaskContract]
public interface IBilling
{
    [Task, Idempotent]
    Task BillAsync(Guid customer, TaskContext context = null!);
}

public sealed class BillingWorker(HttpClient http) : IBilling
{
    public async Task BillAsync(Guid customer, TaskContext context)
    {
        await context.OnceAsync("bill", async cancellationToken =>
        {
            using HttpResponseMessage response = await http.PostAsync($"/bills/{customer}", null, cancellationToken);
            response.EnsureSuccessStatusCode();
        });
    }
}
