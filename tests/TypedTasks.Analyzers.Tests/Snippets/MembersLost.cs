// State that does not arrive.
namespace Orders;

public class Order
{
    public Guid Id { get; set; }
    public List<string> {|TT307:Lines|} { get; } = new();
    public string {|TT307:State|} { get; private set; } = "new";
    public readonly int {|TT307:Version|} = 3;

    public void Close() => State = "closed";
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task PlaceAsync(Order order);
}
