using MassTransit;

namespace TypedTasks.Peers;

/// <summary>
/// MassTransit 8, in memory or on RabbitMQ. Its own benchmark (github.com/MassTransit/MassTransit-Benchmark) asks for a prefetch of 1,000 and queues that are not durable;
/// publisher confirms stay on, as they come, for what is enqueued must have been accepted.
/// </summary>
internal sealed class MassTransitPeer(int? rabbit) : Peer
{
    private const string Queue = "masstransit";
    private readonly List<IBusControl> _buses = [];
    private ISendEndpoint? _endpoint;

    // In memory, what is sent to a bus that nobody consumes is dropped.
    public override bool KeepsWaiting => rabbit is not null;

    public override async Task StartProducerAsync()
    {
        if (rabbit is not null)
        {
            // A queue that is declared by the sender, and no consumer.
            await StartAsync(null);
            _endpoint = await _buses[0].GetSendEndpoint(new Uri($"queue:{Queue}?durable=false"));
        }
    }

    public override async Task StartWorkerAsync()
    {
        await StartAsync(static endpoint => endpoint.Consumer<MassTransitConsumer>());
        _endpoint ??= await _buses[0].GetSendEndpoint(new Uri($"queue:{Queue}"));
    }

    public override Task EnqueueAsync(Numbers task) => _endpoint!.Send(task);

    public override async ValueTask DisposeAsync()
    {
        foreach (IBusControl bus in _buses)
        {
            await bus.StopAsync();
        }
    }

    private async Task StartAsync(Action<IReceiveEndpointConfigurator>? consume)
    {
        IBusControl bus = rabbit is { } port
            ? Bus.Factory.CreateUsingRabbitMq(configure =>
            {
                configure.Host("127.0.0.1", (ushort)port, "/", static _ => { });
                configure.Durable = false;
                configure.PrefetchCount = 1_000;
                if (consume is not null)
                {
                    configure.ReceiveEndpoint(Queue, endpoint =>
                    {
                        endpoint.Durable = false;
                        endpoint.ConfigureConsumeTopology = false;
                        consume(endpoint);
                    });
                }
            })
            : Bus.Factory.CreateUsingInMemory(configure => configure.ReceiveEndpoint(Queue, endpoint =>
            {
                endpoint.PrefetchCount = 1_000;
                consume!(endpoint);
            }));
        await bus.StartAsync();
        _buses.Add(bus);
    }
}

/// <summary>MassTransit's handler.</summary>
public sealed class MassTransitConsumer : IConsumer<Numbers>
{
    public Task Consume(ConsumeContext<Numbers> context)
    {
        Ledger.Ran(context.Message);
        return Task.CompletedTask;
    }
}
