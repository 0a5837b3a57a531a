// An order whose id comes from its base record; a key by members of a struct, and of what may be missing.
namespace Orders;

public abstract record Message
{
    public Guid MessageId { get; init; }
}

public sealed record PlaceOrder(string Number) : Message;

public readonly record struct Slot(DateOnly Day, int Hour);

[TaskContract]
public interface IOrders
{
    [Task, Idempotent(Key = "{message.MessageId}")] Task PlaceAsync(PlaceOrder message);

    [Task, Idempotent(Key = $"{{{nameof(slot)}.{nameof(Slot.Day)}}}/{{{nameof(slot)}.{nameof(Slot.Hour)}}}")] Task BookAsync(Slot slot);

    [Task, Idempotent(Key = {|TT209:"{message.Id}"|})] Task DropAsync(PlaceOrder message);

    [Task, Idempotent(Key = {|TT434:"{slot}"|})] Task MoveAsync(Slot slot);

    [Task, Idempotent(Key = {|TT435:"{slot.Hour}{count}"|})] Task FillAsync(Slot slot, int count);
}
