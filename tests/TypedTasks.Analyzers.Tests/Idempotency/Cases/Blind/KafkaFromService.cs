// An event on a topic, by a publisher of the team's own.
using System.Text.Json;
using Confluent.Kafka;

public interface IEventPublisher
{
    Task PublishAsync<T>(string topic, string key, T message, CancellationToken cancellationToken);
}

public sealed class KafkaEventPublisher(IProducer<string, string> producer) : IEventPublisher
{
    public async Task PublishAsync<T>(string topic, string key, T message, CancellationToken cancellationToken) =>
        await producer.ProduceAsync(topic, new Message<string, string> { Key = key, Value = JsonSerializer.Serialize(message) }, cancellationToken);
}

public sealed record OrderAccepted(Guid Order, DateTimeOffset At);

[TaskContract]
public interface IOrderAcceptance
{
    [Task, Idempotent]
    Task AcceptAsync(Guid order, DateTimeOffset at, CancellationToken cancellationToken = default);
}

public sealed class OrderAcceptanceWorker(IEventPublisher events) : IOrderAcceptance
{
    public Task AcceptAsync(Guid order, DateTimeOffset at, CancellationToken cancellationToken) =>
        {|TT416:events.PublishAsync("orders", order.ToString(), new OrderAccepted(order, at), cancellationToken)|};
}
