// The lines of an order as messages, each with an id of order and line, so that the broker drops what it had before.
using System.Text.Json;
using Azure.Messaging.ServiceBus;

public sealed record OrderLineMessage(int Line, string Sku, int Quantity);

[TaskContract]
public interface IOrderLines
{
    [Task, Idempotent]
    Task PublishAsync(Guid order, OrderLineMessage[] lines, CancellationToken cancellationToken = default);
}

public sealed class OrderLineWorker(ServiceBusSender sender) : IOrderLines
{
    public async Task PublishAsync(Guid order, OrderLineMessage[] lines, CancellationToken cancellationToken)
    {
        List<ServiceBusMessage> messages = [];
        foreach (OrderLineMessage line in lines)
        {
            messages.Add(ToMessage(order, line));
        }

        await sender.SendMessagesAsync(messages, cancellationToken);
        ServiceBusMessage end = new(JsonSerializer.Serialize(new { order, lines.Length }))
        {
            MessageId = $"{order:N}-end",
            Subject = "order-complete",
        };
        await sender.SendMessageAsync(end, cancellationToken);
    }

    private static ServiceBusMessage ToMessage(Guid order, OrderLineMessage line) => new(JsonSerializer.Serialize(line))
    {
        MessageId = $"{order:N}-{line.Line}",
        Subject = "order-line",
    };
}
