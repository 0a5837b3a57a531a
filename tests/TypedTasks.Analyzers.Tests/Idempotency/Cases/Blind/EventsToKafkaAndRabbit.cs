// The same event for two brokers, without an identity that either would know again.
using System.Text;
using System.Text.Json;
using Confluent.Kafka;
using RabbitMQ.Client;

public sealed record SensorMoved(string Sensor, string From, string To);

[TaskContract]
public interface ISensorMoves
{
    [Task, Idempotent]
    Task ToKafkaAsync(SensorMoved moved, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ToRabbitAsync(SensorMoved moved, CancellationToken cancellationToken = default);
}

public sealed class SensorMoveWorker(IProducer<string, string> producer, IChannel channel) : ISensorMoves
{
    public Task ToKafkaAsync(SensorMoved moved, CancellationToken cancellationToken)
    {
        Message<string, string> message = new() { Key = moved.Sensor, Value = JsonSerializer.Serialize(moved) };
        {|TT416:producer.Produce("sensors.moved", message)|};
        producer.Flush(cancellationToken);
        return Task.CompletedTask;
    }

    public async Task ToRabbitAsync(SensorMoved moved, CancellationToken cancellationToken)
    {
        byte[] body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(moved));
        await {|TT416:channel.BasicPublishAsync("sensors", $"moved.{moved.Sensor}", body, cancellationToken)|};
    }
}
