using System.Collections.Concurrent;
using System.Threading.Channels;

namespace TypedTasks.Nats.JetStream;

/// <summary>What has to be done from time to time, by one loop: moving delayed tasks, cleaning up after a killed server, removing expired records, repairing lanes.</summary>
internal sealed class Upkeep : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private const int PauseTicks = 20;
    private const int SweepTicks = 120;

    private readonly NatsEngine _engine;
    private readonly DelayMover _mover;
    private readonly Janitor _janitor;
    private readonly RecordSweeper _sweeper;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<Lane, bool> _toRepair = new();
    private readonly ConcurrentDictionary<Lane, ulong> _toClean = new();
    private readonly ConcurrentDictionary<Lane, long> _haunted = new();
    private readonly ConcurrentDictionary<Lane, LaneState> _known = new();
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private Task _loop = Task.CompletedTask;
    private long _fullSeen;
    private long _hauntings;

    public Upkeep(NatsEngine engine, NatsStateStore state)
    {
        _engine = engine;
        _mover = new DelayMover(engine, state);
        _janitor = new Janitor(engine);
        _sweeper = new RecordSweeper(engine);
    }

    /// <summary>Starts the loop.</summary>
    public void Start() => _loop = Task.Run(() => RunAsync(_stopping.Token));

    /// <summary>A lane is to be repaired.</summary>
    public void Repair(Lane lane)
    {
        _toRepair[lane] = true;
        _wake.Writer.TryWrite(true);
    }

    /// <summary>
    /// A server was killed, perhaps: what it forgot of a lane is cleaned until everything is settled that was there when it began again, beginning with what is already
    /// <paramref name="known"/> of the lane.
    /// </summary>
    public void CleanUntil(Lane lane, ulong last, LaneState? known)
    {
        if (known is not null)
        {
            _known[lane] = known;
        }
        else
        {
            _known.TryRemove(lane, out _);
        }

        _toClean[lane] = last;
        _haunted[lane] = Interlocked.Increment(ref _hauntings);
    }

    /// <summary>A queue is full, perhaps of orphans: all lanes that are known here are cleaned, at most once in a while.</summary>
    public void CleanSoon()
    {
        long now = _engine.Time.GetTimestamp();
        long seen = Interlocked.Read(ref _fullSeen);
        if (now - seen > 5 * _engine.Time.TimestampFrequency && Interlocked.CompareExchange(ref _fullSeen, now, seen) == seen)
        {
            foreach (Lane known in _engine.Topology.Lanes)
            {
                _toClean.TryAdd(known, 0);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stopping.Dispose();
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Tick, _engine.Time);
        for (int tick = 1; await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false); tick++)
        {
            if (!_engine.WorkConnection.IsConnected)
            {
                continue;
            }

            await TryAsync("Repairing lanes", RepairAsync, cancellationToken).ConfigureAwait(false);
            await TryAsync("Moving delayed tasks", _mover.RunAsync, cancellationToken).ConfigureAwait(false);
            await TryAsync("Cleaning up after the server", CleanAsync, cancellationToken).ConfigureAwait(false);
            if (tick % SweepTicks == 0)
            {
                await TryAsync("Removing expired records", _sweeper.RunAsync, cancellationToken).ConfigureAwait(false);
            }

            if (tick % PauseTicks == 0)
            {
                _engine.RefreshPauses();
            }
        }
    }

    private async ValueTask TryAsync(string what, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever it is: nobody else moves delayed tasks and cleans up, and what fails once in one way must not end the rest for good.
        catch (Exception error)
#pragma warning restore CA1031
        {
            EngineLog.UpkeepFailed(_engine.Logger, what, error.Message);
        }
    }

    private async ValueTask RepairAsync(CancellationToken cancellationToken)
    {
        foreach (Lane lane in _toRepair.Keys)
        {
            if (await _engine.Topology.FindConsumerAsync(_engine.Names.Of(lane), cancellationToken).ConfigureAwait(false) is null)
            {
                EngineLog.LaneRepaired(_engine.Logger, lane.ToString());
                _engine.Topology.Forget();
                await _engine.EnsureSharedAsync(cancellationToken).ConfigureAwait(false);
                await _engine.Topology.EnsureLaneAsync(lane, cancellationToken).ConfigureAwait(false);
                foreach (LaneConsumer consumer in _engine.Consumers.Where(consumer => consumer.Lane == lane))
                {
                    await consumer.OnRepairedAsync(cancellationToken).ConfigureAwait(false);
                }
            }

            _toRepair.TryRemove(lane, out _);
        }
    }

    // A mark is read before the lane is looked at, and taken back as it was read: a server that is killed again meanwhile has left another, of which this look knows nothing.
    private async ValueTask CleanAsync(CancellationToken cancellationToken)
    {
        foreach (Lane lane in _haunted.Keys.Union(_toClean.Keys))
        {
            bool isHaunted = _haunted.TryGetValue(lane, out long which);
            bool isToClean = _toClean.TryGetValue(lane, out ulong until);
            _known.TryRemove(lane, out LaneState? state);
            state ??= await _janitor.LookAsync(lane, cancellationToken).ConfigureAwait(false);
            if (state is not null && await _janitor.IsRewoundAsync(lane, state, cancellationToken).ConfigureAwait(false))
            {
                await RemakeConsumerAsync(lane, cancellationToken).ConfigureAwait(false);
                state = await _janitor.LookAsync(lane, cancellationToken).ConfigureAwait(false);
            }

            if (isHaunted)
            {
                if (state is not null && await _janitor.LayGhostsAsync(lane, state, cancellationToken).ConfigureAwait(false))
                {
                    state = await _janitor.LookAsync(lane, cancellationToken).ConfigureAwait(false);
                }

                _haunted.TryRemove(KeyValuePair.Create(lane, which));
            }

            if (!isToClean)
            {
                continue;
            }

            OrphanSweep sweep = state is null ? OrphanSweep.Done : await _janitor.RemoveOrphansAsync(lane, state, until, cancellationToken).ConfigureAwait(false);
            if (sweep == OrphanSweep.Contradicted)
            {
                await RemakeConsumerAsync(lane, cancellationToken).ConfigureAwait(false);
            }

            if (sweep != OrphanSweep.ToBeContinued)
            {
                _toClean.TryRemove(KeyValuePair.Create(lane, until));
            }
        }
    }

    /// <summary>Everything that the lane's stream holds is delivered again; of what has ended, a worker only removes what is left.</summary>
    private async ValueTask RemakeConsumerAsync(Lane lane, CancellationToken cancellationToken)
    {
        await _engine.Topology.DeleteConsumerAsync(_engine.Names.Of(lane), cancellationToken).ConfigureAwait(false);
        _toRepair[lane] = true;
        await RepairAsync(cancellationToken).ConfigureAwait(false);
    }
}
