// Appended only where the stream is at the revision that was decided upon; the event's id is the task's.
using System.Text.Json;
using EventStore.Client;

public sealed record SeatHeld(Guid Show, string Seat);

[TaskContract]
public interface ISeatHolds
{
    [Task, Idempotent]
    Task HoldAsync(Guid show, string seat, Guid decision, long revision, CancellationToken cancellationToken = default);
}

public sealed class SeatHoldWorker(EventStoreClient events) : ISeatHolds
{
    public async Task HoldAsync(Guid show, string seat, Guid decision, long revision, CancellationToken cancellationToken)
    {
        EventData held = new(Uuid.FromGuid(decision), nameof(SeatHeld), JsonSerializer.SerializeToUtf8Bytes(new SeatHeld(show, seat)));
        try
        {
            await events.AppendToStreamAsync($"show-{show:N}", new StreamRevision((ulong)revision), [held], cancellationToken);
        }
        catch (WrongExpectedVersionException)
        {
            // Held already, or by someone else: the projection tells.
        }
    }
}
