namespace TypedTasks.Worker;

/// <summary>How a worker takes one lane; the options, resolved.</summary>
/// <param name="Concurrency">Handlers at once.</param>
/// <param name="Prefetch">Deliveries held beyond those.</param>
/// <param name="Lease">The lease of a delivery.</param>
/// <param name="CancellationGrace">How long a handler may go on after its token fired, before its attempt is given up.</param>
internal readonly record struct LaneSettings(int Concurrency, int Prefetch, TimeSpan Lease, TimeSpan CancellationGrace)
{
    /// <summary>The most deliveries in hand: running, waiting, and being settled.</summary>
    internal int Window => Concurrency + Prefetch;
}
