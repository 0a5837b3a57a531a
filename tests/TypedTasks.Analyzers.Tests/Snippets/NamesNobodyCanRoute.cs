// Slashes, dots and blanks in names.
namespace Orders;

public static class Queues
{
    [TaskQueue]
    public const string {|TT204:Europe|} = "orders.eu";
}

[TaskContract({|TT202:"orders/v2"|})]
public interface IOrders
{
    [Task({|TT202:"place order"|})]
    Task PlaceAsync(Guid order);

    [Task("cancel_order-2")]
    Task CancelAsync(Guid order);
}
