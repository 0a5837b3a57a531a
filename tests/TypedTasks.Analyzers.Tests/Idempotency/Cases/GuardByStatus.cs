using System.Net.Http;

public enum OrderStatus
{
    New,
    Paid,
    Shipped,
    Cancelled,
}

public sealed class Order
{
    public Guid Id { get; init; }
    public OrderStatus Status { get; init; }
    public string Address { get; init; } = "";
}

public interface IOrders
{
    Task<Order> GetAsync(Guid id);
    Task MarkShippedAsync(Guid id);
}

[TaskContract]
public interface IShipping
{
    [Task, Idempotent]
    Task ShipAsync(Guid order);
}

public sealed class ShippingWorker(IOrders orders, HttpClient http) : IShipping
{
    public async Task ShipAsync(Guid order)
    {
        Order found = await orders.GetAsync(order);
        if (found.Status != OrderStatus.Paid)
        {
            return;
        }

        await http.PostAsync("/shipments", new StringContent(found.Address));
        await orders.MarkShippedAsync(order);
    }
}
