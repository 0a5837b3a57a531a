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
            (long moved, long next, bool paused) = await _engine.MoveDueAsync(State.Keys, MoveBatch).ConfigureAwait(false);
            SetPaused(paused);
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
        lock (_gate)
        {
            long old = Environment.TickCount64 - (LeaseMilliseconds / 3);
            fetched = [.. _ready.Where(delivery => delivery.HeldSince < old)];
        }

        if (fetched.Length == 0)
        {
            return;
        }

        var statuses = new SettleStatus[fetched.Length];
        await RenewAsync(fetched, statuses, CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            // A lost one may have been received meanwhile: then it is the worker's to find out.
            HashSet<Delivery> lost = [.. fetched.Where((_, index) => statuses[index] == SettleStatus.LeaseLost)];
            int count = _ready.Count;
            for (int index = 0; index < count; index++)
            {
                RedisDelivery delivery = _ready.Dequeue();
                delivery.HeldSince = Environment.TickCount64;
                if (!lost.Contains(delivery))
                {
                    _ready.Enqueue(delivery);
                }
            }
        }
    }
}
