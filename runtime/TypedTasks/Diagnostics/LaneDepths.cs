using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedTasks.Engine;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>
/// What the engine holds in the lanes of this host: asked for in the background when somebody collects, at most every ten seconds. A collection gets
/// the last answer, and none that is old.
/// </summary>
internal sealed class LaneDepths
{
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan KeepFor = TimeSpan.FromMinutes(1);

    private readonly EngineHost _host;
    private Snapshot? _last;
    private int _isRefreshing;
    private long _askedAt;

    internal LaneDepths(EngineHost host)
    {
        _host = host;
        Meter meter = host.Metrics.Meter;
        meter.CreateObservableGauge(Names.Metrics.Depth, () => Current()?.Depths ?? [], "{task}", "Tasks in a lane, by their state.");
        meter.CreateObservableGauge(Names.Metrics.OldestAge, () => Current()?.Ages ?? [], "s", "How long the oldest ready task of a lane has been ready.");
    }

    /// <summary>The refresh that is under way, for tests to wait for.</summary>
    internal Task Refreshing { get; private set; } = Task.CompletedTask;

    private sealed record Snapshot(long At, List<Measurement<long>> Depths, List<Measurement<double>> Ages);

    private Snapshot? Current()
    {
        long now = _host.Time.GetTimestamp();
        if (_host.IsStarted && IsDue(now) && Interlocked.CompareExchange(ref _isRefreshing, 1, 0) == 0)
        {
            _askedAt = now;
            Refreshing = Task.Run(RefreshAsync);
        }

        return _last is { } last && _host.Time.GetElapsedTime(last.At, now) <= KeepFor ? last : null;
    }

    private bool IsDue(long now) => _askedAt == 0 || _host.Time.GetElapsedTime(_askedAt, now) >= RefreshEvery;

    private async Task RefreshAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(RefreshEvery, _host.Time);
            List<Measurement<long>> depths = [];
            List<Measurement<double>> ages = [];
            foreach (Lane lane in _host.Lanes)
            {
                LaneStatistics lot = await _host.Engine.Administration.GetStatisticsAsync(lane, limit.Token).ConfigureAwait(false);
                TagList tags = TaskMetrics.TagsOf(lane.ToString(), task: null, operation: null);
                depths.Add(Depth(lot.Ready, tags, Names.States.Ready));
                depths.Add(Depth(lot.Delayed, tags, Names.States.Delayed));
                depths.Add(Depth(lot.InFlight, tags, Names.States.InFlight));
                depths.Add(Depth(lot.DeadLetters, tags, Names.States.DeadLetters));
                if (lot.Ready == 0 || lot.OldestReadyAt is not null)
                {
                    TimeSpan age = lot.Ready == 0 ? TimeSpan.Zero : _host.Time.GetUtcNow() - lot.OldestReadyAt!.Value;
                    ages.Add(new Measurement<double>(Math.Max(0, age.TotalSeconds), in tags));
                }
            }

            _last = new Snapshot(_host.Time.GetTimestamp(), depths, ages);
        }
        catch (Exception)
        {
            // An engine that does not answer has no depth to report: what it said last grows old, and the health check says why.
        }
        finally
        {
            Volatile.Write(ref _isRefreshing, 0);
        }
    }

    private static Measurement<long> Depth(long value, TagList tags, string state)
    {
        tags.Add(Names.Tags.State, state);
        return new Measurement<long>(value, in tags);
    }
}
