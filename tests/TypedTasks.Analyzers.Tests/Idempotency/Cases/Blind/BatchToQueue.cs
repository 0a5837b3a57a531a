// A batch of messages, and events that are kept in an array until they are sent.
using Azure.Messaging.ServiceBus;

public interface IMessageProducer
{
    Task SendAsync(string topic, IReadOnlyList<string> messages, CancellationToken cancellationToken);
}

[TaskContract]
public interface ILineRelays
{
    [Task, Idempotent]
    Task RelayAsync(string[] lines, CancellationToken cancellationToken = default);
}

public sealed class LineRelayWorker(ServiceBusSender sender, IMessageProducer producer) : ILineRelays
{
    public async Task RelayAsync(string[] lines, CancellationToken cancellationToken)
    {
        foreach (ServiceBusMessage message in lines.Select(line => new ServiceBusMessage(line) { Subject = "line" }))
        {
            await {|TT416:sender.SendMessageAsync(message, cancellationToken)|};
        }

        await {|TT416:producer.SendAsync("lines", lines, cancellationToken)|};
    }
}
