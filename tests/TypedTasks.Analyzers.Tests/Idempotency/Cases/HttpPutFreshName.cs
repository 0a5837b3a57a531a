using System.Net.Http;
using System.Net.Http.Json;

[TaskContract]
public interface IExports
{
    [Task, Idempotent]
    Task ExportAsync(Guid orderId);
}

public sealed class ExportWorker(HttpClient http) : IExports
{
    public async Task ExportAsync(Guid orderId)
    {
        var id = Guid.NewGuid();
        await {|TT418:http.PutAsJsonAsync($"/documents/{id}", new { orderId })|};
    }
}
