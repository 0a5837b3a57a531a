using TypedTasks.Engine;
using TypedTasks.Redis.Connection;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// What a consumer does beside receiving: moves held tasks whose time has come, has expired leases looked for, sees whether the queue is paused,
/// and renews what was fetched ahead. Every worker does it, with jitter; two at once cost work, not correctness.
/// </summary>
internal sealed partial class LaneConsumer
{
    private const int MoveBatch = 256;
    private const int OrphanPage = 128;
    private static readonly TimeSpan ShortestPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPeriod = TimeSpan.FromSeconds(1);

    private readonly AsyncSignal _wake = new();
    private IAsyncDisposable? _wakeSubscription;
    private byte[] _orphanCursor = "-"u8.ToArray();

    internal async Task StartKeepingAsync(CancellationToken cancellationToken)
    {
        _wakeSubscription = await _engine.Subscriber.SubscribeAsync(State.Keys.Queue.Wake, OnWake, cancellationToken).ConfigureAwait(false);
        if (_stopped)
        {
            // Stopped meanwhile, with the engine.
            StopKeeping();
            return;
        }

        _ = KeepAsync();
    }

    private void OnWake(ReadOnlyMemory<byte> message)
    {
        if (message.Span.SequenceEqual("pause"u8) || message.Span.SequenceEqual("resume"u8))
        {
            SetPaused(message.Span.SequenceEqual("pause"u8));
        }

        _wake.Set();
    }

    private void StopKeeping()
    {
        _wake.Set();
        if (Interlocked.Exchange(ref _wakeSubscription, null) is { } subscription)
        {
            _ = subscription.DisposeAsync().AsTask();
        }

        _engine.Forget(this);
    }

    private async Task KeepAsync()
    {
        TimeSpan period = TimeSpan.FromMilliseconds(Math.Clamp(LeaseMilliseconds / 4.0, ShortestPeriod.TotalMilliseconds, LongestPeriod.TotalMilliseconds));
        long nextSweep = 0;
        while (!_stopped)
        {
            TimeSpan pause = period * (0.8 + (0.4 * Random.Shared.NextDouble()));
            try
            {
                if (Environment.TickCount64 >= nextSweep)
                {
                    nextSweep = Environment.TickCount64 + (long)(pause.TotalMilliseconds * 0.9);
                    _claimDue = true;
                    _signal.Set();
                    await RenewFetchedAsync().ConfigureAwait(false);
                    await BringBackAsync().ConfigureAwait(false);
                }

                long due = await MoveDueAsync().ConfigureAwait(false);
                if (due >= 0 && due < pause.TotalMilliseconds)
                {
                    pause = TimeSpan.FromMilliseconds(due + 1);
                }
            }
            catch (Exception exception) when (exception is RedisConnectionException or RedisServerException or TaskEngineException or Resp.RespException)
            {
                if (!_stopped)
                {
                    RedisLog.KeepingFailed(_engine.Logger, Lane.ToString(), exception.Message);
                }
            }

            using var limit = new CancellationTokenSource(pause);
            await _wake.WaitAsync(limit.Token).ConfigureAwait(false);
        }
    }

    /// <summary>Returns in how many milliseconds the next task is due; -1 when none is held.</summary>
    private async Task<long> MoveDueAsync()
    {
        while (true)
        {
            int notices = Volatile.Read(ref _pauseNotices);
            (long moved, long next, bool paused) = await _engine.MoveDueAsync(State.Keys, MoveBatch).ConfigureAwait(false);
            SawPaused(paused, notices);
            if (moved < MoveBatch)
            {
                return next;
            }
        }
    }

    private async Task BringBackAsync()
    {
        (long found, _orphanCursor) = await _engine.BringBackAsync(State.Keys, _orphanCursor, OrphanPage).ConfigureAwait(false);
        if (found > 0)
        {
            RedisLog.OrphansBroughtBack(_engine.Logger, found, Lane.ToString());
        }
    }

    private async Task RenewFetchedAsync()
    {
        Delivery[] fetched;
        (EntryId Entry, int Deliveries)[] keys;
        long now = Environment.TickCount64;
        lock (_gate)
        {
            long old = now - (LeaseMilliseconds / 3);
            RedisDelivery[] held = [.. _ready.Where(delivery => delivery.HeldSince < old)];
            fetched = [.. held];
            keys = [.. held.Select(static delivery => (delivery.Entry, delivery.Deliveries))];
        }

        if (fetched.Length == 0)
        {
            return;
        }

        var statuses = new SettleStatus[fetched.Length];
        await RenewAsync(fetched, statuses, CancellationToken.None).ConfigureAwait(false);

        // Not by the objects: one that was received and settled meanwhile has left an object that may be another task's by now.
        var renewed = keys.Zip(statuses).ToDictionary();
        lock (_gate)
        {
            for (int left = _ready.Count; left > 0; left--)
            {
                RedisDelivery delivery = _ready.Dequeue();
                if (renewed.TryGetValue((delivery.Entry, delivery.Deliveries), out SettleStatus status))
                {
                    if (status == SettleStatus.LeaseLost)
                    {
                        continue;
                    }

                    delivery.HeldSince = now;
                }

                _ready.Enqueue(delivery);
            }
        }
    }
}
