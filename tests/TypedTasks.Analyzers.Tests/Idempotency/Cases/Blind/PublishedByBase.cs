// The base class publishes for those that derive from it.
using MassTransit;

public abstract record IntegrationEvent;

public sealed record RoomBooked(Guid Room) : IntegrationEvent;

public abstract class PublishingWorker(IPublishEndpoint bus)
{
    protected Task PublishAsync<TEvent>(TEvent integrationEvent, CancellationToken cancellationToken)
        where TEvent : IntegrationEvent => bus.Publish(integrationEvent, cancellationToken);

    protected Task PublishUnderAsync<TEvent>(Guid id, TEvent integrationEvent, CancellationToken cancellationToken)
        where TEvent : IntegrationEvent => bus.Publish(integrationEvent, context => { context.MessageId = id; }, cancellationToken);
}

[TaskContract]
public interface IRoomEvents
{
    [Task, Idempotent]
    Task BookAsync(Guid room, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BookUnderAsync(Guid room, CancellationToken cancellationToken = default);
}

public sealed class RoomEventWorker(IPublishEndpoint bus) : PublishingWorker(bus), IRoomEvents
{
    public Task BookAsync(Guid room, CancellationToken cancellationToken) => {|TT416:PublishAsync(new RoomBooked(room), cancellationToken)|};

    public Task BookUnderAsync(Guid room, CancellationToken cancellationToken) => PublishUnderAsync(room, new RoomBooked(room), cancellationToken);
}
