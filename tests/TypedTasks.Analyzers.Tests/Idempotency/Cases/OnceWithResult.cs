using System.Net.Http;
using System.Net.Http.Json;

public sealed record Shipment(string Number);

[TaskContract]
public interface IShipping
{
    [Task, Idempotent]
    Task<string> ShipAsync(Guid order, TaskContext context = null!);
}

public sealed class ShippingWorker(HttpClient http) : IShipping
{
    public async Task<string> ShipAsync(Guid order, TaskContext context)
    {
        string number = await context.OnceAsync("book", async cancellationToken =>
        {
            HttpResponseMessage response = await http.PostAsJsonAsync("/shipments", new { order }, cancellationToken);
            Shipment? shipment = await response.Content.ReadFromJsonAsync<Shipment>(cancellationToken);
            return shipment!.Number;
        });
        await http.PutAsync($"/orders/{order}/shipment/{number}", null);
        return number;
    }
}
