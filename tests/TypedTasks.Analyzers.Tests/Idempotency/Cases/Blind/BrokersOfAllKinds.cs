// Messages to brokers, with and without an identity of their own.
using Google.Cloud.PubSub.V1;
using NATS.Client.JetStream;
using RabbitMQ.Client;

[TaskContract]
public interface IBrokerRelays
{
    [Task, Idempotent]
    Task RabbitAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RabbitWithIdAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task NatsAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task NatsWithIdAsync(Guid order, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task GoogleAsync(Guid order);
}

public sealed class BrokerRelayWorker(IChannel channel, INatsJSContext nats, PublisherClient google) : IBrokerRelays
{
    public async Task RabbitAsync(Guid order, CancellationToken cancellationToken)
    {
        byte[] body = order.ToByteArray();
        await {|TT416:channel.BasicPublishAsync("orders", "placed", false, new BasicProperties { Persistent = true }, body, cancellationToken)|};
    }

    public async Task RabbitWithIdAsync(Guid order, CancellationToken cancellationToken)
    {
        BasicProperties properties = new() { Persistent = true, MessageId = order.ToString() };
        await channel.BasicPublishAsync("orders", "placed", false, properties, order.ToByteArray(), cancellationToken);
    }

    public async Task NatsAsync(Guid order, CancellationToken cancellationToken) =>
        await {|TT416:nats.PublishAsync("orders.placed", order, cancellationToken: cancellationToken)|};

    public async Task NatsWithIdAsync(Guid order, CancellationToken cancellationToken) =>
        await nats.PublishAsync("orders.placed", order, opts: new NatsJSPubOpts { MsgId = order.ToString("N") }, cancellationToken: cancellationToken);

    public async Task GoogleAsync(Guid order) => await {|TT416:google.PublishAsync(order.ToString())|};
}
