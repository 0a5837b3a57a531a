// Keys of members of members, of dates and enums, with braces that are braces.
namespace Orders;

public enum Channel
{
    Web,
    Shop,
}

public sealed record Customer(Guid Id, string Mail);

public sealed record Order(string Number, Customer Customer, Channel Channel);

[TaskContract]
public interface IOrders
{
    [Task, Idempotent(Key = "{order.Customer.Id}:{order.Number}")]
    Task PlaceAsync(Order order);

    [Task, Idempotent(Key = "{{bill}}-{order.Channel}-{dueOn}")]
    Task BillAsync(Order order, DateOnly dueOn);

    [Task, Idempotent(Key = "{tenant}{customer}")]
    Task MergeAsync(Guid tenant, Guid customer);

    [Task, Idempotent(Key = nameof(requestId), Window = "7d")]
    Task AskAsync(string requestId, DateTimeOffset periodStart);
}
