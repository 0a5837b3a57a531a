using RabbitMQ.Client;

[TaskContract]
public interface IEvents
{
    [Task, Idempotent]
    Task RaiseAsync(Guid order);
}

public sealed class EventWorker(IModel channel) : IEvents
{
    public Task RaiseAsync(Guid order)
    {
        IBasicProperties properties = channel.CreateBasicProperties();
        properties.MessageId = order.ToString();
        channel.BasicPublish("orders", "paid", false, properties, default);
        {|TT416:channel.BasicPublish("orders", "paid", false, channel.CreateBasicProperties(), default)|};
        return Task.CompletedTask;
    }
}
