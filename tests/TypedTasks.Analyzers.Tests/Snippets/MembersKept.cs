// Constructors that take what cannot be set, computed members, and what is not meant to travel.
using MessagePack;

namespace Orders;

public sealed class Order
{
    public Order(Guid id, string state)
    {
        Id = id;
        State = state;
    }

    public Guid Id { get; }
    public string State { get; private set; }
    public IReadOnlyList<string> Lines { get; init; } = [];
    public bool IsClosed => State == "closed";
    [IgnoreMember] public object? Tag { get; }
    public const int Most = 3;
    internal static readonly Order None = new(Guid.Empty, "");

    public void Close() => State = "closed";
}

[TaskContract]
public interface IOrders
{
    [Task, Idempotent] Task PlaceAsync(Order order);
}
