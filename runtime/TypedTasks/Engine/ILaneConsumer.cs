namespace TypedTasks.Engine;

/// <summary>
/// One worker's hold on a lane. The length of the memory passed to <see cref="ReceiveAsync"/> is the credit: an engine never delivers more than was asked for.
/// </summary>
public interface ILaneConsumer : IAsyncDisposable
{
    /// <summary>The lane.</summary>
    Lane Lane { get; }

    /// <summary>
    /// How long completions that keep no outcome may gather before they are settled together; zero for at once, which is right where settling costs no round trip.
    /// A worker that is killed meanwhile has that many more of its latest tasks run again.
    /// </summary>
    TimeSpan SettlePause => TimeSpan.Zero;

    /// <summary>
    /// Waits for at least one task and receives as many as are ready and fit. Zero means that the consumer was stopped.
    /// One call at a time. A lost connection does not end it: the engine reconnects, and the call goes on.
    /// </summary>
    ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken);

    /// <summary>
    /// Settles deliveries: for each, first its outcome or dead letter is recorded, then the task is removed or put back.
    /// A delivery whose lease was lost changes nothing and reports <see cref="SettleStatus.LeaseLost"/>.
    /// </summary>
    /// <param name="settlements">The deliveries and what becomes of them.</param>
    /// <param name="statuses">Receives one status for each, in order.</param>
    /// <param name="cancellationToken">Gives up waiting; what was settled is then unknown, and settling again is safe.</param>
    /// <exception cref="TaskEngineException">The engine did not answer; nothing is known. Settling the same deliveries again is safe.</exception>
    ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken);

    /// <summary>Renews leases. A delivery whose lease was lost reports <see cref="SettleStatus.LeaseLost"/>.</summary>
    ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken);

    /// <summary>
    /// Takes no more tasks: a waiting <see cref="ReceiveAsync"/> returns zero, and what was fetched ahead is released at once.
    /// Deliveries in hand can still be renewed and settled. Stopping twice is harmless.
    /// </summary>
    ValueTask StopAsync(CancellationToken cancellationToken);
}
