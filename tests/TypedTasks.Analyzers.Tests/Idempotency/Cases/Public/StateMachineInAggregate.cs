// The entity refuses to move twice: a second run finds it shipped.
using Microsoft.EntityFrameworkCore;

public enum ParcelState
{
    Packed,
    Shipped,
}

public sealed class Shipment
{
    public int Id { get; set; }
    public ParcelState State { get; private set; }
    public int Miles { get; private set; }

    public void Ship(int miles)
    {
        if (State != ParcelState.Packed)
        {
            return;
        }

        Miles += miles;
        State = ParcelState.Shipped;
    }
}

public sealed class ShippingContext : DbContext
{
    public DbSet<Shipment> Shipments => Set<Shipment>();
}

[TaskContract]
public interface IShipping
{
    [Task, Idempotent]
    Task ShipAsync(int id, int miles, CancellationToken cancellationToken = default);
}

public sealed class ShippingWorker(ShippingContext shipping) : IShipping
{
    public async Task ShipAsync(int id, int miles, CancellationToken cancellationToken)
    {
        Shipment shipment = await shipping.Shipments.SingleAsync(one => one.Id == id, cancellationToken);
        shipment.Ship(miles);
        await shipping.SaveChangesAsync(cancellationToken);
    }
}
