using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;

namespace TypedTasks.Peers;

/// <summary>
/// NATS.Net alone, a client and no task queue: bytes on one subject of a work queue in memory, without ids, retries or outcomes, and acknowledgements that nobody confirms. Its guide
/// (nats-io.github.io/nats.net, "Consuming Messages from Streams") recommends ConsumeAsync; it may be as many messages ahead as ours. A connection a side, as ours has.
/// </summary>
internal sealed class NatsNetPeer(int port) : Peer
{
    private const string Name = "client";
    private readonly CancellationTokenSource _stop = new();
    private readonly NatsConnection _publishing = new(new NatsOpts { Url = $"nats://127.0.0.1:{port}" });
    private readonly NatsConnection _consuming = new(new NatsOpts { Url = $"nats://127.0.0.1:{port}" });
    private NatsJSContext? _stream;
    private Task _working = Task.CompletedTask;

    public override int Callers => 256;

    public override async Task StartProducerAsync()
    {
        _stream = new NatsJSContext(_publishing);
        await _stream.CreateStreamAsync(new StreamConfig(Name, [Name]) { Storage = StreamConfigStorage.Memory, Retention = StreamConfigRetention.Workqueue });
    }

    public override async Task StartWorkerAsync()
    {
        INatsJSConsumer consumer = await new NatsJSContext(_consuming).CreateOrUpdateConsumerAsync(Name, new ConsumerConfig("worker") { MaxAckPending = 10_000 });
        _working = Task.Run(async () =>
        {
            await foreach (INatsJSMsg<byte[]> message in consumer.ConsumeAsync<byte[]>(opts: new NatsJSConsumeOpts { MaxMsgs = 1_000 }, cancellationToken: _stop.Token))
            {
                Ledger.Ran(Digits.Read(message.Data));
                await message.AckAsync();
            }
        });
    }

    public override async Task EnqueueAsync(Numbers task) => (await _stream!.PublishAsync(Name, Digits.Write(task))).EnsureSuccess();

    public override async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _publishing.DisposeAsync();
        await _consuming.DisposeAsync();
        _stop.Dispose();
    }
}
