// Appended to whatever the stream has become, under an id that is new each time. The ids within a batch of events are not looked at: nothing is said of them.
using System.Text.Json;
using EventStore.Client;

public sealed record ItemShelved(Guid Item, string Shelf);

[TaskContract]
public interface IShelvedItems
{
    [Task, Idempotent]
    Task ShelveAsync(Guid item, string shelf, CancellationToken cancellationToken = default);
}

public sealed class ShelvedItemWorker(EventStoreClient events) : IShelvedItems
{
    public async Task ShelveAsync(Guid item, string shelf, CancellationToken cancellationToken) =>
        await events.AppendToStreamAsync($"item-{item:N}", StreamState.Any, [Wrap(new ItemShelved(item, shelf))], cancellationToken);

    private static EventData Wrap<T>(T happened) => new(Uuid.NewUuid(), typeof(T).Name, JsonSerializer.SerializeToUtf8Bytes(happened));
}
