// The key names a member that the payload does not have.
namespace Orders;

public sealed record Customer(Guid Id, string Mail);

public sealed record Order(string Number, Customer Customer);

[TaskContract]
public interface IOrders
{
    private const string Suffix = "v1";

    [Task]
    [Idempotent(Key = {|TT209:$"{{order.Numbr}}:{Suffix}"|})]
    Task PlaceAsync(Order order);

    [Task]
    [Idempotent(Key = {|TT209:"{order.Customer.Id"|})]
    Task BillAsync(Order order);

    [Task]
    [Idempotent(Key = {|TT209:"{orderNumber}"|}, Window = "2d")]
    Task ShipAsync(string number);
}
