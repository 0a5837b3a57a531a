using Azure.Messaging.ServiceBus;

[TaskContract]
public interface IEvents
{
    [Task, Idempotent]
    Task RaiseAsync(Guid order);
}

public sealed class EventWorker(ServiceBusSender sender) : IEvents
{
    public async Task RaiseAsync(Guid order)
    {
        await sender.SendMessageAsync(new ServiceBusMessage("paid") { MessageId = $"paid-{order}" });
        await {|TT416:sender.SendMessageAsync(new ServiceBusMessage("shipped") { Subject = "orders" })|};
        ServiceBusMessage message = new("closed");
        message.MessageId = Guid.NewGuid().ToString("N");
        await {|TT418:sender.SendMessageAsync(message)|};
    }
}
