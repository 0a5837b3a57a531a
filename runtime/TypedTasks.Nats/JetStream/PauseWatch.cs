using TypedTasks.Engine;

namespace TypedTasks.Nats.JetStream;

/// <summary>Whether queues are paused: kept in the state, announced by broadcast, and read again from time to time.</summary>
internal sealed class PauseWatch(NatsEngine engine, NatsStateStore state, NatsBroadcast broadcast)
{
    private const string Channel = "~pause";
    private int _isReading;

    /// <summary>Listens.</summary>
    public async ValueTask StartAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await broadcast.ListenAsync(Channel, _ => Refresh()).ConfigureAwait(false);
    }

    /// <summary>Whether a queue is paused.</summary>
    public async ValueTask<bool> IsPausedAsync(string queue, CancellationToken cancellationToken) =>
        await state.GetAsync(InternalKeys.Pause(queue), cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Pauses or resumes a queue, for everyone.</summary>
    public async ValueTask SetAsync(string queue, bool isPaused, CancellationToken cancellationToken)
    {
        string key = InternalKeys.Pause(queue);
        if (isPaused)
        {
            await state.CreateAsync(key, "1"u8.ToArray(), engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false);
        }
        else if (await state.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            await state.DeleteAsync(key, entry.Revision, cancellationToken).ConfigureAwait(false);
        }

        foreach (LaneConsumer consumer in engine.Consumers.Where(consumer => consumer.Lane.Queue == queue))
        {
            await consumer.SetPausedAsync(isPaused).ConfigureAwait(false);
        }

        broadcast.Send(Channel, System.Text.Encoding.UTF8.GetBytes(queue));
    }

    /// <summary>Reads again what the queues that are consumed here are.</summary>
    public void Refresh()
    {
        if (Interlocked.Exchange(ref _isReading, 1) == 0)
        {
            _ = RefreshAsync();
        }
    }

    private async Task RefreshAsync()
    {
        try
        {
            foreach (IGrouping<string, LaneConsumer> queue in engine.Consumers.GroupBy(consumer => consumer.Lane.Queue))
            {
                bool isPaused = await IsPausedAsync(queue.Key, CancellationToken.None).ConfigureAwait(false);
                foreach (LaneConsumer consumer in queue)
                {
                    await consumer.SetPausedAsync(isPaused).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            EngineLog.UpkeepFailed(engine.Logger, "Reading which queues are paused", error.Message);
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }
}
