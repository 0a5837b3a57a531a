using Rebus.Activation;
using Rebus.Bus;
using Rebus.Config;
using Rebus.Logging;
using Rebus.Routing.TypeBased;
using Rebus.Transport.InMem;

namespace TypedTasks.Peers;

/// <summary>
/// Rebus, in memory. Its wiki (github.com/rebus-org/Rebus/wiki, "Workers and parallelism"): few workers, which receive, and a parallelism that bounds the messages at once.
/// </summary>
internal sealed class RebusPeer : Peer
{
    private const string Queue = "load";
    private readonly InMemNetwork _network = new();
    private readonly BuiltinHandlerActivator _handlers = new();
    private readonly BuiltinHandlerActivator _nothing = new();
    private IBus? _producer;

    public override Task StartProducerAsync()
    {
        _network.CreateQueue(Queue);
        _producer = Configure.With(_nothing)
            .Logging(static log => log.Console(LogLevel.Warn))
            .Transport(transport => transport.UseInMemoryTransportAsOneWayClient(_network))
            .Routing(static routing => routing.TypeBased().Map<Numbers>(Queue))
            .Start();
        return Task.CompletedTask;
    }

    public override Task StartWorkerAsync()
    {
        _handlers.Handle<Numbers>(static task =>
        {
            Ledger.Ran(task);
            return Task.CompletedTask;
        });
        Configure.With(_handlers)
            .Logging(static log => log.Console(LogLevel.Warn))
            .Transport(transport => transport.UseInMemoryTransport(_network, Queue))
            .Options(static options =>
            {
                options.SetNumberOfWorkers(Environment.ProcessorCount);
                options.SetMaxParallelism(64);
            })
            .Start();
        return Task.CompletedTask;
    }

    public override Task EnqueueAsync(Numbers task) => _producer!.Send(task);

    public override ValueTask DisposeAsync()
    {
        _handlers.Dispose();
        _nothing.Dispose();
        return default;
    }
}
