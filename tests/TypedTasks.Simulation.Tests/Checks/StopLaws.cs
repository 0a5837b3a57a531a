using TypedTasks.Engine;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Checks;

/// <summary>
/// The laws of a worker that stops, because it was told to or because it has done its number of tasks: it does that then and not before, starts nothing that it
/// takes after, and has settled or handed back all that it held when it has stopped.
/// </summary>
internal sealed class StopLaws(SimWorld world, Ledger ledger)
{
    private readonly Dictionary<SimProcess, Worker> _workers = [];

    /// <summary>A worker begins, that is to recycle itself after so many tasks; never, when 0.</summary>
    internal void Began(SimProcess process, long recyclesAfter) => _workers.Add(process, new Worker(recyclesAfter));

    /// <summary>A worker takes a delivery.</summary>
    internal void Taken(SimProcess process, Delivery delivery)
    {
        Worker worker = _workers[process];
        worker.Held.Add(delivery, worker.StoppingAt is not null);
    }

    /// <summary>A worker is told that a delivery is settled, or not its own any more.</summary>
    internal void Settled(SimProcess process, in Settlement settlement)
    {
        Worker worker = _workers[process];
        worker.Held.Remove(settlement.Delivery);

        // What was put off uncounted, or handed back, was no attempt.
        if (settlement is { Uncounted: false, Kind: not SettlementKind.Release } && ++worker.Settled == worker.RecyclesAfter)
        {
            worker.DoneAt = world.Now;
        }
    }

    internal void Started(SimProcess process, TaskId id, long fence)
    {
        Worker worker = _workers[process];
        if (worker.HasStopped || (worker.StoppingAt is not null && worker.Held.Any(held => held.Value && held.Key.Fence == fence && IsOf(held.Key, id))))
        {
            throw ledger.Broken($"{process.Name} starts {id}, which it took when it was to stop.");
        }
    }

    /// <summary>A worker finds that it has done enough.</summary>
    internal void Recycling(SimProcess process)
    {
        Worker worker = _workers[process];
        if (worker.RecyclesAfter == 0 || worker.Settled < worker.RecyclesAfter)
        {
            throw ledger.Broken($"{process.Name} recycles after {worker.Settled} tasks, and is to after {worker.RecyclesAfter}.");
        }
    }

    internal void Stopping(SimProcess process) => _workers[process].StoppingAt = world.Now;

    /// <summary>A worker has stopped; what it may leave to the leases is only what did not settle for so <paramref name="long"/>.</summary>
    internal void Stopped(SimProcess process, TimeSpan @long)
    {
        Worker worker = _workers[process];
        worker.HasStopped = true;
        if (worker.Held.Count > 0 && world.Now - worker.StoppingAt < @long.Ticks)
        {
            throw ledger.Broken($"{process.Name} has stopped, and holds {worker.Held.Count} deliveries unsettled.");
        }
    }

    /// <summary>The world is at rest.</summary>
    internal void Rest()
    {
        foreach ((SimProcess process, Worker worker) in _workers)
        {
            if (worker is { DoneAt: { } doneAt, StoppingAt: null } && !process.IsCrashed && Math.Max(doneAt, process.PausedUntil) < world.Now)
            {
                throw ledger.Broken($"{process.Name} has done {worker.Settled} tasks, was to recycle after {worker.RecyclesAfter}, and goes on.");
            }
        }
    }

    private static bool IsOf(Delivery delivery, TaskId id) => ((Broker.SimDelivery)delivery).Task.Id == id;

    private sealed class Worker(long recyclesAfter)
    {
        internal long RecyclesAfter => recyclesAfter;

        /// <summary>What it has in hand, and whether it took it when it was stopping already.</summary>
        internal Dictionary<Delivery, bool> Held { get; } = [];

        internal long Settled { get; set; }

        internal long? DoneAt { get; set; }

        internal long? StoppingAt { get; set; }

        internal bool HasStopped { get; set; }
    }
}
