using TypedTasks.Engine;

namespace TypedTasks.Nats.JetStream;

/// <summary>Whether queues are paused: kept in the state, announced by broadcast, and read again from time to time.</summary>
internal sealed class PauseWatch
{
    private const string Channel = "~pause";
    private readonly NatsEngine _engine;
    private readonly NatsStateStore _state;
    private readonly NatsBroadcast _broadcast;
    private readonly RepeatedRun _refreshing;
    private int _changes;

    public PauseWatch(NatsEngine engine, NatsStateStore state, NatsBroadcast broadcast)
    {
        _engine = engine;
        _state = state;
        _broadcast = broadcast;
        _refreshing = new RepeatedRun(RefreshAsync);
    }

    /// <summary>Listens.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await _broadcast.ListenAsync(Channel, _ => Refresh()).ConfigureAwait(false);
    }

    /// <summary>Whether a queue is paused.</summary>
    public async ValueTask<bool> IsPausedAsync(string queue, CancellationToken cancellationToken) =>
        await _state.GetAsync(InternalKeys.Pause(queue), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Pauses or resumes a queue, for everyone.</summary>
    public async ValueTask SetAsync(string queue, bool isPaused, CancellationToken cancellationToken)
    {
        string key = InternalKeys.Pause(queue);
        if (isPaused)
        {
            await _state.CreateAsync(key, "1"u8.ToArray(), _engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false);
        }
        else if (await _state.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            await _state.DeleteAsync(key, entry.Revision, cancellationToken).ConfigureAwait(false);
        }

        Interlocked.Increment(ref _changes);
        foreach (LaneConsumer consumer in _engine.Consumers.Where(consumer => consumer.Lane.Queue == queue))
        {
            await consumer.SetPausedAsync(isPaused).ConfigureAwait(false);
        }

        _broadcast.Send(Channel, System.Text.Encoding.UTF8.GetBytes(queue));
    }

    /// <summary>Reads again what the queues that are consumed here are.</summary>
    public void Refresh() => _refreshing.Ask();

    private async Task RefreshAsync()
    {
        try
        {
            foreach (IGrouping<string, LaneConsumer> queue in _engine.Consumers.GroupBy(consumer => consumer.Lane.Queue))
            {
                // What was read before this process itself paused or resumed a queue is old: the notice that it then sends has it read once more.
                int before = Volatile.Read(ref _changes);
                bool isPaused = await IsPausedAsync(queue.Key, CancellationToken.None).ConfigureAwait(false);
                if (before != Volatile.Read(ref _changes))
                {
                    continue;
                }

                foreach (LaneConsumer consumer in queue)
                {
                    await consumer.SetPausedAsync(isPaused).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            EngineLog.UpkeepFailed(_engine.Logger, "Reading which queues are paused", error.Message);
        }
    }
}
