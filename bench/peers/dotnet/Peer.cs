namespace TypedTasks.Peers;

/// <summary>A task queue, a bus or a broker's client: one side that enqueues and one that runs the handler, in one process, as the load program has them.</summary>
internal abstract class Peer : IAsyncDisposable
{
    /// <summary>Whether tasks can be enqueued where no worker runs.</summary>
    public virtual bool KeepsWaiting => true;

    /// <summary>Callers at once that each await the acceptance of their task; a peer whose call blocks has as many threads.</summary>
    public virtual int Callers => 64;

    /// <param name="name">Its name.</param>
    /// <param name="address">The port of its server; null for those in memory.</param>
    public static Peer Create(string name, int? address) => (name, address) switch
    {
        ("hangfire-memory", null) => new HangfirePeer(null),
        ("hangfire-redis", { } port) => new HangfirePeer(port),
        ("masstransit-memory", null) => new MassTransitPeer(null),
        ("masstransit-rabbitmq", { } port) => new MassTransitPeer(port),
        ("natsnet", { } port) => new NatsNetPeer(port),
        ("rebus-memory", null) => new RebusPeer(),
        ("stackexchange-redis", { } port) => new StackExchangeRedisPeer(port),
        ("wolverine-memory", null) => new WolverinePeer(null),
        ("wolverine-rabbitmq", { } port) => new WolverinePeer(port),
        _ => throw new ArgumentException($"There is no peer '{name}' {(address is null ? "without" : "with")} a port."),
    };

    /// <summary>Starts the side that enqueues.</summary>
    public abstract Task StartProducerAsync();

    /// <summary>Starts the side that runs handlers.</summary>
    public abstract Task StartWorkerAsync();

    /// <summary>Enqueues one; it is accepted when this completes.</summary>
    public abstract Task EnqueueAsync(Numbers task);

    public abstract ValueTask DisposeAsync();
}
