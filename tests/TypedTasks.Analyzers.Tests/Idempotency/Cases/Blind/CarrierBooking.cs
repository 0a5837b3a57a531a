// A label is ordered of the carrier, unless the shipment has its number already.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public sealed class Shipment
{
    public Guid Id { get; set; }
    public string Address { get; set; } = "";
    public string? TrackingNumber { get; set; }
}

public sealed class ShipmentContext : DbContext
{
    public DbSet<Shipment> Shipments => Set<Shipment>();
}

public sealed record Label(string TrackingNumber);

[TaskContract]
public interface ICarrierBookings
{
    [Task, Idempotent]
    Task BookAsync(Guid shipment, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BookAnywayAsync(Guid shipment, CancellationToken cancellationToken = default);
}

public sealed class CarrierBookingWorker(ShipmentContext context, IHttpClientFactory clients) : ICarrierBookings
{
    public async Task BookAsync(Guid shipment, CancellationToken cancellationToken)
    {
        Shipment? found = await context.Shipments.FindAsync([shipment], cancellationToken);
        if (found is null || !string.IsNullOrEmpty(found.TrackingNumber))
        {
            return;
        }

        found.TrackingNumber = (await OrderAsync(found.Address, cancellationToken)).TrackingNumber;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task BookAnywayAsync(Guid shipment, CancellationToken cancellationToken)
    {
        Shipment found = await context.Shipments.FindAsync([shipment], cancellationToken) ?? throw new InvalidOperationException("No shipment");
        Label label = await {|TT410:OrderAsync(found.Address, cancellationToken)|};
        found.TrackingNumber = label.TrackingNumber;
        await context.SaveChangesAsync(cancellationToken);
    }

    private async Task<Label> OrderAsync(string address, CancellationToken cancellationToken)
    {
        HttpClient client = clients.CreateClient("carrier");
        using HttpRequestMessage request = new(HttpMethod.Post, "v2/labels");
        request.Content = JsonContent.Create(new { address });
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<Label>(cancellationToken) ?? throw new InvalidOperationException("No label");
    }
}
