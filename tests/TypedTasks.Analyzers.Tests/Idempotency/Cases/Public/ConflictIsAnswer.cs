// "Conflict" says that the order is there already.
using System.Net;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IWarehouseOrders
{
    [Task, Idempotent]
    Task SubmitAsync(Guid order, int[] products, CancellationToken cancellationToken = default);
}

public sealed class WarehouseOrderWorker(HttpClient http, ILogger<WarehouseOrderWorker> log) : IWarehouseOrders
{
    public async Task SubmitAsync(Guid order, int[] products, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await http.PostAsJsonAsync("/orders", new { reference = order, products }, cancellationToken);
        switch (response.StatusCode)
        {
            case HttpStatusCode.Created:
                return;
            case HttpStatusCode.Conflict:
                log.LogInformation("{Order} is known to the warehouse", order);
                return;
            default:
                response.EnsureSuccessStatusCode();
                return;
        }
    }
}
