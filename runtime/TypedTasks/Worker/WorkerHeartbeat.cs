using System.Collections.Immutable;
using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>Writes the worker's sign of life into the state store from time to time, so that administration sees who is there; a worker that dies is forgotten by itself.</summary>
internal sealed class WorkerHeartbeat(string name, ImmutableArray<LaneWorker> lanes, WorkerEnvironment environment, ProcessMemory memory) : IAsyncDisposable
{
    internal static readonly TimeSpan Every = TimeSpan.FromSeconds(10);

    // Three beats may be late before a worker counts as gone.
    internal static readonly TimeSpan TimeToLive = TimeSpan.FromSeconds(35);

    private readonly DateTimeOffset _startedAt = environment.Time.GetUtcNow();
    private readonly SemaphoreSlim _writing = new(1, 1);
    private ITimer? _timer;
    private long _revision;
    private int _failures;
    private bool _isStopped;

    /// <summary>Begins; the first sign is on its way when this returns.</summary>
    internal void Start() => _timer = environment.Time.CreateTimer(static state => _ = ((WorkerHeartbeat)state!).BeatAsync(), this, TimeSpan.Zero, Every);

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            _isStopped = true;
            await environment.Engine.State.DeleteAsync(WorkerRecord.KeyOf(name), _revision, CancellationToken.None).ConfigureAwait(false);
        }
        catch (TaskEngineException)
        {
            // It is forgotten by its time to live.
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task BeatAsync()
    {
        if (!await _writing.WaitAsync(0).ConfigureAwait(false))
        {
            // The engine is slow: one sign under way is enough.
            return;
        }

        try
        {
            if (!_isStopped)
            {
                await WriteAsync().ConfigureAwait(false);
                _failures = 0;
            }
        }
        catch (TaskEngineException failure)
        {
            WorkerLog.HeartbeatFailed(environment.Logger, name, ++_failures, failure);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async ValueTask WriteAsync()
    {
        IStateStore state = environment.Engine.State;
        string key = WorkerRecord.KeyOf(name);
        byte[] record = WorkerRecord.ToBytes(Report());
        StateWrite write = await state.ReplaceAsync(key, _revision, record, TimeToLive, CancellationToken.None).ConfigureAwait(false);
        if (!write.Applied)
        {
            // The first sign, one after an outage, or one whose answer was lost.
            write = write.Current.Value.IsEmpty
                ? await state.CreateAsync(key, record, TimeToLive, CancellationToken.None).ConfigureAwait(false)
                : await state.ReplaceAsync(key, write.Current.Revision, record, TimeToLive, CancellationToken.None).ConfigureAwait(false);
        }

        _revision = write.Current.Revision;
    }

    private WorkerReport Report() => new(
        name,
        _startedAt,
        environment.Time.GetUtcNow(),
        memory.Used,
        [.. lanes.Select(lane => new WorkerLaneReport(lane.Lane, lane.Settings.Concurrency, lane.InFlight, lane.Waiting, lane.Progress.Settled))]);
}
