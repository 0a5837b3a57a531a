// DateTime in a record and as an optional argument; everything else is clear.
namespace Calendar;

public sealed record Slot(Guid Room, DateTime {|TT309:From|}, TimeSpan Length);

[TaskContract]
public interface ICalendar
{
    [Task, Idempotent] Task BookAsync(Slot slot);

    [Task, Idempotent] Task MoveAsync(Guid slot, DateTime? {|TT309:to|} = null);

    [Task, Idempotent] Task CloseAsync(DateOnly day, TimeOnly from, DateTimeOffset at);
}
