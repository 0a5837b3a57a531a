using System.Runtime.CompilerServices;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// One worker's hold on a lane. Receiving takes what was fetched ahead, then what expired elsewhere, then what the lane holds; only when there is
/// nothing does it join the process's <see cref="BlockingReader"/>.
/// </summary>
/// <remarks>
/// The consumer's name in Redis ends in its lease, so that whoever sweeps for expired leases knows each holder's own. Consumers of one engine with
/// the same lease share a name; a delivery is told from its successor by its number of deliveries.
/// </remarks>
internal sealed partial class LaneConsumer : ILaneConsumer
{
    private readonly RedisEngine _engine;
    private readonly LaneConsumerOptions _options;
    private readonly Lock _gate = new();
    private readonly Queue<RedisDelivery> _ready = new();
    private readonly AsyncSignal _signal = new();
    private BlockingReader? _reader;
    private long _epoch;
    private int _asking;
    private int _failures;
    private bool _waiting;
    private bool _receiving;
    private bool _mayHoldMore = true;
    private bool _claimDue = true;
    private string _claimCursor = "-";
    private bool _ensureDue;
    private volatile bool _stopped;

    internal LaneConsumer(RedisEngine engine, LaneState state, LaneConsumerOptions options, long epoch, bool paused)
    {
        _engine = engine;
        _options = options;
        _epoch = epoch;
        _paused = paused;
        State = state;
        LeaseMilliseconds = Math.Max(1, (long)options.Lease.TotalMilliseconds);
        NameBytes = Encoding.UTF8.GetBytes($"{engine.Instance}|{LeaseMilliseconds}");
    }

    public Lane Lane => State.Keys.Lane;

    /// <summary>One script settles a batch as fast as one task; within a millisecond, which nobody notices, there are twenty at 20,000 a second.</summary>
    public TimeSpan SettlePause => TimeSpan.FromMilliseconds(1);

    internal LaneState State { get; }

    internal byte[] NameBytes { get; }

    internal long LeaseMilliseconds { get; }

    /// <summary>The latest epoch of the lane that is known here; 0 for none.</summary>
    internal long Epoch => Volatile.Read(ref _epoch);

    /// <summary>How many deliveries are wanted now.</summary>
    internal int Credit
    {
        get
        {
            lock (_gate)
            {
                return Math.Clamp(_asking + _options.Prefetch - _ready.Count, 1, _engine.MaxEntriesPerRead);
            }
        }
    }

    public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        if (destination.IsEmpty)
        {
            throw new ArgumentException("There is no room to receive into.", nameof(destination));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled<int>(cancellationToken);
        }

        lock (_gate)
        {
            if (_receiving)
            {
                throw new InvalidOperationException("This consumer is receiving already: one call at a time.");
            }

            if (_stopped)
            {
                return new ValueTask<int>(0);
            }

            int taken = Take(destination.Span);
            if (taken > 0)
            {
                return new ValueTask<int>(taken);
            }

            _receiving = true;
            _asking = destination.Length;
        }

        return ReceiveMoreAsync(destination, cancellationToken);
    }

    /// <summary>Deliveries came. Called on a thread that reads a socket.</summary>
    internal void Accept(List<RedisDelivery> deliveries, long epoch, bool solicited)
    {
        if (deliveries.Count == 0)
        {
            return;
        }

        RedisDelivery[]? unwanted = null;
        lock (_gate)
        {
            if (_stopped || !(solicited || _waiting))
            {
                unwanted = [.. deliveries];
            }

            foreach (RedisDelivery delivery in deliveries)
            {
                delivery.Owner = this;
                delivery.Epoch = epoch;
                delivery.HeldSince = Environment.TickCount64;
                if (unwanted is null)
                {
                    _ready.Enqueue(delivery);
                }
            }

            _mayHoldMore = true;
            _waiting &= solicited;
        }

        if (!solicited)
        {
            _reader?.Served(this);
        }

        if (unwanted is not null)
        {
            _ = ReleaseAsync(unwanted);
        }
        else
        {
            _signal.Set();
        }
    }

    internal void AcceptClaimed(List<RedisDelivery> deliveries, long epoch)
    {
        // The epoch after the claim: nobody can have taken these over before it.
        Volatile.Write(ref _epoch, epoch);
        Accept(deliveries, epoch, solicited: true);
    }

    /// <summary>Something changed: a waiting receive looks by itself.</summary>
    internal void LookAgain()
    {
        lock (_gate)
        {
            _mayHoldMore = true;
        }

        _signal.Set();
    }

    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        RedisDelivery[] held;
        lock (_gate)
        {
            if (_stopped)
            {
                return;
            }

            _stopped = true;
            held = [.. _ready];
            _ready.Clear();
        }

        StopWaiting();
        _signal.Set();
        StopKeeping();
        await ReleaseAsync(held).ConfigureAwait(false);
    }

    /// <summary>Stops. Deliveries that are still in hand stay under their lease: settle them, or they are delivered again when it ends.</summary>
    public ValueTask DisposeAsync() => StopAsync(CancellationToken.None);

    private int Take(Span<Delivery> destination)
    {
        int taken = 0;
        while (taken < destination.Length && _ready.TryDequeue(out RedisDelivery? delivery))
        {
            destination[taken++] = delivery;
        }

        return taken;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> ReceiveMoreAsync(Memory<Delivery> destination, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                lock (_gate)
                {
                    int taken = Take(destination.Span);
                    if (taken > 0)
                    {
                        return taken;
                    }

                    if (_stopped)
                    {
                        return 0;
                    }
                }

                cancellationToken.ThrowIfCancellationRequested();
                if (!_paused && await TryFetchAsync(cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }

                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            StopWaiting();
            lock (_gate)
            {
                _receiving = false;
                _asking = 0;
            }
        }
    }

    /// <summary>Asks the server without waiting on it. True when it is worth to look at what came, or to ask again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> TryFetchAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (_ensureDue)
            {
                _ensureDue = false;
                await EnsureAsync(cancellationToken).ConfigureAwait(false);
            }

            if (_claimDue && await ClaimAsync().ConfigureAwait(false))
            {
                return true;
            }

            // A pause may have been told while those answers were under way.
            if (_paused || !_mayHoldMore)
            {
                return false;
            }

            int credit = Credit;
            _mayHoldMore = false;
            ReadAnswer answer = await _engine.ReadCalls.Rent().ReadNowAsync(this, credit).ConfigureAwait(false);
            if (answer.Error is { } error)
            {
                throw new RedisServerException(error);
            }

            _failures = 0;
            return answer.Count > 0;
        }
        catch (Exception exception) when (exception is RedisConnectionException or RedisServerException or TaskEngineException)
        {
            _ensureDue = exception is RedisServerException { Kind: RespErrorKind.NoGroup or RespErrorKind.Unblocked } || _ensureDue;
            _mayHoldMore = true;
            if (!_ensureDue || _failures > 0)
            {
                RedisLog.ReadFailed(_engine.Logger, Lane.ToString(), exception.Message);
                await Task.Delay(Backoff.Next(_failures, TimeSpan.FromMilliseconds(20), TimeSpan.FromSeconds(2), Random.Shared), cancellationToken).ConfigureAwait(false);
            }

            _failures++;
            return true;
        }
    }

    /// <summary>Waits until something came, or something changed.</summary>
    private ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (!_paused)
        {
            BlockingReader? reader = _engine.ReaderFor(State.Keys.Queue.Slot);
            lock (_gate)
            {
                if (_ready.Count > 0 || _stopped || _claimDue || _mayHoldMore)
                {
                    return default;
                }

                _waiting = true;
                _reader = reader;
            }

            reader?.Join(this);
        }

        return _signal.WaitAsync(cancellationToken);
    }

    private void StopWaiting()
    {
        BlockingReader? reader;
        lock (_gate)
        {
            reader = _waiting ? _reader : null;
            _waiting = false;
        }

        reader?.Leave(this);
    }

    private async Task<bool> ClaimAsync()
    {
        for (int page = 0; page < 16 && !_paused; page++)
        {
            ClaimAnswer answer = await new ClaimCall(_engine, this, _claimCursor, Credit).SendAsync().ConfigureAwait(false);
            _claimCursor = answer.Cursor ?? "-";
            _claimDue = answer.Cursor is not null;
            if (answer.Count > 0)
            {
                RedisLog.LeasesTakenOver(_engine.Logger, answer.Count, Lane.ToString());
                return true;
            }

            if (!_claimDue)
            {
                return false;
            }
        }

        return false;
    }

    private async Task EnsureAsync(CancellationToken cancellationToken)
    {
        int notices = Volatile.Read(ref _pauseNotices);
        (bool made, long epoch, bool paused) = await _engine.EnsureLaneAsync(State.Keys, LeaseMilliseconds, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _epoch, epoch);
        SawPaused(paused, notices);
        if (made)
        {
            RedisLog.LaneRecreated(_engine.Logger, Lane.ToString());
        }
    }
}
