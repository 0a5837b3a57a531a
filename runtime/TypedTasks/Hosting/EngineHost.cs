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
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _disposing = new();
    private Task? _attempt;
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

    /// <summary>
    /// Starts the engine unless it is started. Those who ask meanwhile wait for the same attempt, for while a broker is away each takes its time; after one that failed the next who asks makes another.
    /// </summary>
    /// <param name="cancellationToken">Gives up waiting for the attempt, which goes on.</param>
    internal ValueTask StartAsync(CancellationToken cancellationToken) => _started ? default : JoinAsync(cancellationToken);

    private async ValueTask JoinAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource? mine = null;
        Task attempt;
        lock (_gate)
        {
            if (_attempt is null or { IsFaulted: true } or { IsCanceled: true })
            {
                mine = new TaskCompletionSource();
                _attempt = mine.Task;
            }

            attempt = _attempt;
        }

        if (mine is not null)
        {
            _ = TryAsync(mine);
        }

        await attempt.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task TryAsync(TaskCompletionSource attempt)
    {
        try
        {
            await engine.StartAsync(lanes, _disposing.Token).ConfigureAwait(false);
            _started = true;
            attempt.SetResult();
        }
        catch (OperationCanceledException)
        {
            attempt.SetCanceled(_disposing.Token);
        }
        catch (Exception failure)
        {
            attempt.SetException(failure);

            // Whoever asked may have given up: then nobody looks.
            _ = attempt.Task.Exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposing.CancelAsync().ConfigureAwait(false);
        await engine.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }
}
