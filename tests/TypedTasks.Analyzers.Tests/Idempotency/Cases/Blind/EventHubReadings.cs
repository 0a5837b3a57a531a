// Readings sent on to a hub, in a batch of one.
using Azure.Messaging.EventHubs;
using Azure.Messaging.EventHubs.Producer;

[TaskContract]
public interface IReadingRelay
{
    [Task, Idempotent]
    Task RelayAsync(string device, double value, CancellationToken cancellationToken = default);
}

public sealed class ReadingRelayWorker(EventHubProducerClient hub) : IReadingRelay
{
    public async Task RelayAsync(string device, double value, CancellationToken cancellationToken)
    {
        EventData[] events = [new EventData($"{device}={value}")];
        await {|TT416:hub.SendAsync(events, cancellationToken)|};
    }
}
