using System.Net.Http;

public enum OrderStatus
{
    Open,
    Cancelled,
}

public sealed record Order(Guid Id, OrderStatus Status, bool IsActive);

public interface IOrders
{
    Task<Order> GetAsync(Guid id);
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
        if (found.Status == OrderStatus.Cancelled || !found.IsActive)
        {
            return;
        }

        await {|TT410:http.PostAsync($"/shipments/{order}", null)|};
    }
}
