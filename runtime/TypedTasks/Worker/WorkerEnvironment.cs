using Microsoft.Extensions.Logging;
using TypedTasks.Canvases;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Idempotency;
using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>What a worker takes from the outside: the engine, time, randomness, threads and the log. Injected, so that a test or a simulation replaces all of it.</summary>
internal sealed record WorkerEnvironment(ITaskEngine Engine, TimeProvider Time, IWorkScheduler Scheduler, Random Random, ILogger Logger)
{
    // An outcome is also kept under its idempotency key, behind the holder's id and fence.
    private const int ClaimRecordOverhead = 64;

    /// <summary>Where outcomes go that the engine refuses for their size, or null.</summary>
    internal ILargeOutcomeStore? LargeOutcomes { get; init; }

    /// <summary>The host's metrics.</summary>
    internal TaskMetrics Metrics { get; init; } = TaskMetrics.Shared;

    /// <summary>The worker's name, or null where it has none.</summary>
    internal string? Worker { get; init; }

    /// <summary>Waits; returns false, at once, when <paramref name="giveUp"/> fires. Goes on on the scheduler, whatever ended the wait.</summary>
    /// <remarks>Not <c>Task.Delay</c>: that goes on on the thread pool when its token fires, whatever scheduler the worker was given.</remarks>
    internal async ValueTask<bool> DelayAsync(TimeSpan delay, CancellationToken giveUp)
    {
        var over = new WorkSignal(Scheduler.Queue);
        using ITimer timer = Time.CreateTimer(static state => ((WorkSignal)state!).Set(), over, delay, Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration givenUp = giveUp.UnsafeRegister(static state => ((WorkSignal)state!).Set(), over);
        await over.WaitAsync().ConfigureAwait(false);
        return !giveUp.IsCancellationRequested;
    }

    /// <summary>Goes on with canvases.</summary>
    internal CanvasRunner Canvases => field ??= new CanvasRunner(Engine, Time, Metrics, Scheduler.Queue);

    internal IdempotencyGate Idempotency { get; } = new(Engine.State);

    internal CancellationBook Cancellations { get; } = new(Engine, Time, Logger);

    /// <summary>The largest outcome record that the engine is given, in bytes.</summary>
    internal int MaxOutcomeLength => Engine.Limits.MaxOutcomeLength - ClaimRecordOverhead;
}
