using TypedTasks.Client;
using TypedTasks.Diagnostics;
using TypedTasks.Engine;

namespace TypedTasks;

/// <summary>The one engine of a host: started once, by whoever needs it first, and stopped with the host.</summary>
internal sealed class EngineHost(
    ITaskEngine engine,
    IReadOnlyCollection<Lane> lanes,
    TimeProvider time,
    ILargeOutcomeStore? largeOutcomes = null) : IAsyncDisposable
{
    // Never disposed: a start may be under way when the host ends, and holds nothing but memory.
    private readonly SemaphoreSlim _starting = new(1, 1);
    private TaskTrackers? _trackers;
    private volatile bool _started;

    internal ITaskEngine Engine => engine;

    internal TimeProvider Time => time;

    /// <summary>Where its clients go on that were woken.</summary>
    internal IWorkScheduler Scheduler { get; init; } = ThreadPoolScheduler.Instance;

    /// <summary>The lanes of the host's clients and workers.</summary>
    internal IReadOnlyCollection<Lane> Lanes => lanes;

    internal TaskMetrics Metrics { get; init; } = TaskMetrics.Shared;

    /// <summary>What the lanes hold, for whoever measures it.</summary>
    internal LaneDepths? Depths { get; set; }

    internal ILargeOutcomeStore? LargeOutcomes => largeOutcomes;

    internal bool IsStarted => _started;

    internal TaskTrackers Trackers => _trackers ?? Interlocked.CompareExchange(ref _trackers, new TaskTrackers(this), null) ?? _trackers;

    /// <summary>Starts the engine unless it is started.</summary>
    internal async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        if (_started)
        {
            return;
        }

        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_started)
            {
                await engine.StartAsync(lanes, cancellationToken).ConfigureAwait(false);
                _started = true;
            }
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }
}
