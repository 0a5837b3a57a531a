using Microsoft.Extensions.Logging;

namespace TypedTasks.Worker;

/// <summary>How a lane stops: it drains until the grace period ends or the host gives up, then its handlers are told to stop, and at last what does not settle is left to its lease.</summary>
internal static class LaneShutdown
{
    // Settling a window's deliveries takes milliseconds while the engine answers; this is for one that is just reconnecting.
    private static readonly TimeSpan SettlingPatience = TimeSpan.FromSeconds(5);

    /// <summary>The longest that a stop takes beyond the grace period.</summary>
    internal static TimeSpan PatienceOf(WorkerOptions options) => options.CancellationGrace + SettlingPatience;

    internal static async Task StopAsync(LaneWorker lane, WorkerOptions options, TimeProvider time, ILogger logger, CancellationToken hostGaveUp)
    {
        using var grace = new CancellationTokenSource(options.ShutdownGrace, time);
        using var hostOrGrace = CancellationTokenSource.CreateLinkedTokenSource(grace.Token, hostGaveUp);

        // What does not settle even after the handlers were told to stop is left to the leases: a stop always ends.
        using var abort = new CancellationTokenSource();
        TimeSpan patience = PatienceOf(options);
        using ITimer abortTimer = time.CreateTimer(_ => abort.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration afterGrace = hostOrGrace.Token.Register(() => abortTimer.Change(patience, Timeout.InfiniteTimeSpan));
        using CancellationTokenRegistration aborting = abort.Token.Register(() => Abort(lane, logger));
        await lane.StopAsync(hostOrGrace.Token).ConfigureAwait(false);
        await lane.DisposeAsync().ConfigureAwait(false);
    }

    private static void Abort(LaneWorker lane, ILogger logger)
    {
        WorkerLog.StoppedUnsettled(logger, lane.Lane);
        lane.Abort();
    }
}
