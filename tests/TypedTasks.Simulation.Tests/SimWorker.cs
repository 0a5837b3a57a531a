using Microsoft.Extensions.Logging.Abstractions;
using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;
using TypedTasks.Worker;

namespace TypedTasks.Simulation;

/// <summary>A worker process of the simulation: its lane, and how it stops, as the worker service does it.</summary>
internal sealed class SimWorker(SimWorld world, SimProcess process, LaneWorker lane, WorkerOptions options, StopLaws laws, Breakage breakage)
{
    internal SimProcess Process => process;

    internal bool IsStopping { get; private set; }

    /// <summary>Drains the lane and ends it; the host gives up waiting after <paramref name="patience"/>, if that is given. Once: two that waited for one end would not both go on on the world's thread.</summary>
    internal async Task StopAsync(TimeSpan? patience = null)
    {
        IsStopping = true;
        laws.Stopping(process);
        // Not disposed: the host may give up when the lane has long ended.
        var hostGaveUp = new CancellationTokenSource();
        TimeSpan grace = options.ShutdownGrace;
        if (patience is { } host)
        {
            world.Schedule(host, hostGaveUp.Cancel, process);
            grace = host < grace ? host : grace;
        }

        switch (breakage)
        {
            case Breakage.StopsInNameOnly:
                return;
            case Breakage.StopsWithoutDraining:
                lane.Abort();
                break;
        }

        await LaneShutdown.StopAsync(lane, options, process, NullLogger.Instance, hostGaveUp.Token).ConfigureAwait(false);
        laws.Stopped(process, grace + LaneShutdown.PatienceOf(options));
    }
}
