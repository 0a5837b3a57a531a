// Messages to three buses, each with an id that is made of the task's arguments.
using Amazon.SQS;
using Amazon.SQS.Model;
using Azure.Messaging.ServiceBus;
using NServiceBus;

public sealed record StockLow(string Sku);

[TaskContract]
public interface IStockAlerts
{
    [Task, Idempotent]
    Task TellAsync(string sku, DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class StockAlertWorker(ServiceBusSender sender, IAmazonSQS sqs, IMessageSession session) : IStockAlerts
{
    public async Task TellAsync(string sku, DateOnly day, CancellationToken cancellationToken)
    {
        string id = $"stock-low:{sku}:{day:yyyyMMdd}";
        await sender.SendMessageAsync(new ServiceBusMessage(sku) { MessageId = id }, cancellationToken);
        await sqs.SendMessageAsync(new SendMessageRequest { QueueUrl = "https://sqs/alerts.fifo", MessageBody = sku, MessageDeduplicationId = id }, cancellationToken);
        SendOptions options = new();
        options.SetMessageId(id);
        await session.Send(new StockLow(sku), options, cancellationToken);
    }
}
