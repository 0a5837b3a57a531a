using System.Buffers.Text;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

// Asking for tasks, and taking what comes.
internal sealed partial class LaneConsumer
{
    private static readonly TimeSpan LongestPull = TimeSpan.FromSeconds(13);

    // A worker that stands still is asked for nothing by the time its leases end: else the server would give it its own tasks again, and count an attempt each time.
    // And no usual lease is a multiple of it: a server before 2.10.16 that finds only a pull which ended that moment puts the task off for another lease, and delivers the latest one twice.
    private const double PullPerLease = 0.45;
    private readonly TimeSpan _pullExpiry;
    private readonly byte[] _pullEnd;
    private readonly PullWindow _window = new();
    private readonly FirstDeliveries _firsts = new();
    private readonly StreamProgress _progress = new();
    private readonly OutgoingFrame _pullFrame = new();
    private readonly PriorityQueue<NatsDelivery, long> _early = new();
    private readonly TimeSpan _tickInterval;
    private byte[] _pullPrefix = [];
    private int _wanted;
    private bool _isPaused;
    private bool _isOpen;

    // While the consumer turns away from its inbox: what still comes is kept, to be handed back afterwards. Before that it would come straight back.
    private bool _isTurningAway;
    private bool _hasSubscribed;
    private long _pullAgainAt;

    /// <summary>Opens the lane: from now on tasks may be asked for.</summary>
    /// <param name="isPaused">Whether its queue is paused.</param>
    /// <param name="state">How far it has come, if that is known.</param>
    public void Open(bool isPaused, LaneState? state)
    {
        _isPaused = isPaused;
        _isOpen = true;
        Connection.Subscribe(_inbox);
        _ticks.Change(_tickInterval, _tickInterval);

        // The server may have been killed while no worker looked on.
        _engine.CleanUntil(this, 0, state);
    }

    /// <summary>How far the stream had come by what was delivered here.</summary>
    public StreamProgress Progress => _progress;

    /// <summary>A connection was made, and the inbox subscribed: what was asked for before is void.</summary>
    public void OnSubscribed()
    {
        lock (_gate)
        {
            OnConnected();
            _window.Clear();
            _pullPrefix = Encoding.ASCII.GetBytes(_inbox.Prefix(Connection.Inbox));
            Pull(_wanted);
        }
    }

    public void OnDenied(string reason)
    {
        lock (_gate)
        {
            _denied = new TaskEngineException($"The NATS server forbids the inbox of the lane {Lane}: {reason} Grant the permission, or set NatsEngineOptions.InboxPrefix.");
        }

        Wake();
    }

    /// <summary>The queue was paused or resumed. Paused, what was asked for is void, and what was fetched is handed back.</summary>
    public async ValueTask SetPausedAsync(bool isPaused)
    {
        lock (_gate)
        {
            if (_isPaused == isPaused || !_isOpen || _isStopped)
            {
                return;
            }

            _isPaused = isPaused;
            if (!isPaused)
            {
                Pull(_wanted);
                return;
            }

            _isTurningAway = true;
        }

        await HearOutAsync(CancellationToken.None).ConfigureAwait(false);
        lock (_gate)
        {
            _window.Clear();
            _inbox.TurnAway();
        }

        int old = Connection.Resubscribe(_inbox);
        lock (_gate)
        {
            _pullPrefix = Encoding.ASCII.GetBytes(_inbox.Prefix(Connection.Inbox));
        }

        await FinishPauseAsync(old).ConfigureAwait(false);
    }

    /// <summary>A message of the lane's inbox, on the reader's thread.</summary>
    public void OnMessage(in NatsFrame frame)
    {
        if (frame.ReplyTo.IsEmpty || !frame.Headers.IsEmpty && new NatsHeaders(frame.Headers).Status != 0)
        {
            OnStatus(frame);
            return;
        }

        long leaseEnd = LeaseEndFromNow();
        NatsDelivery delivery;
        lock (_gate)
        {
            delivery = _pool.TryPop(out NatsDelivery? pooled) ? pooled : new NatsDelivery(this);
            _window.OnTask();
        }

        if (!delivery.TryLoad(frame, leaseEnd))
        {
            return;
        }

        _progress.Note(delivery.StreamSequence, delivery.StoredAt);

        // What a restarted server counts anew is not suspected of having been begun: it may as well have waited in some worker's hands.
        bool isFirst = _firsts.Add(delivery.Delivered, delivery.StreamSequence, (ulong)delivery.FenceValue);
        bool isSuspect = delivery.StreamSequence <= Volatile.Read(ref _suspectUntil);
        if (!isFirst && !isSuspect)
        {
            delivery.CountAsRepeated();
        }

        delivery.FenceValue |= _fenceEpoch << FenceEpochs.Shift;
        if (isFirst && !isSuspect && delivery.Round == 0)
        {
            MakeReady(delivery);
        }
        else
        {
            StartClaim(delivery);
        }
    }

    private void OnStatus(in NatsFrame frame)
    {
        var headers = new NatsHeaders(frame.Headers);
        if (headers.Status is 100 or 0)
        {
            return;
        }

        int dot = frame.Subject.LastIndexOf((byte)'.');
        if (!Utf8Parser.TryParse(frame.Subject[(dot + 1)..], out uint token, out _))
        {
            return;
        }

        // Expired, or served in part: ask again at once. Anything else is trouble that asking again at once would not mend.
        bool isTrouble = headers.Status is not (408 or 404);
        bool isDeleted = isTrouble && headers.Description.StartsWith("Consumer Deleted"u8);
        lock (_gate)
        {
            _window.OnEnd(token);
            if (isTrouble)
            {
                _pullAgainAt = _time.GetTimestamp() + (_time.TimestampFrequency / 4);
            }

            if (isDeleted)
            {
                OnConsumerGone();
            }

            Pull(_wanted);
        }

        if (isTrouble)
        {
            EngineLog.PullEnded(_engine.Logger, Lane.ToString(), headers.Status, Encoding.UTF8.GetString(headers.Description));
            if (headers.Status == 503 || isDeleted)
            {
                _engine.RepairLane(Lane);
            }
        }
    }

    /// <summary>Gives a delivery to whoever waits; one that came before its time waits here, under its lease.</summary>
    private void MakeReady(NatsDelivery delivery)
    {
        lock (_gate)
        {
            if ((!_isStopped && !_isPaused) || _isTurningAway)
            {
                if (delivery.Due > _time.GetUtcNow().ToUnixTimeMilliseconds())
                {
                    _early.Enqueue(delivery, delivery.Due);
                    WakeAt(_early.TryPeek(out _, out long first) ? first : delivery.Due);
                    return;
                }

                _ready.Enqueue(delivery);
            }
            else
            {
                _ = ReleaseQuietlyAsync(delivery);
                return;
            }
        }

        Wake();
    }

    /// <summary>Moves what has become due to those that wait for it.</summary>
    private void ReleaseEarly()
    {
        bool any = false;
        lock (_gate)
        {
            long now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            while (_early.TryPeek(out NatsDelivery? next, out long due) && due <= now)
            {
                _ready.Enqueue(_early.Dequeue());
                any = true;
            }

            if (_early.TryPeek(out _, out long later))
            {
                WakeAt(later);
            }
        }

        if (any)
        {
            Wake();
        }
    }

    private void WakeAt(long unixMilliseconds)
    {
        long wait = unixMilliseconds - _time.GetUtcNow().ToUnixTimeMilliseconds();

        // Our own clock may be behind by years, which is more than a timer takes: then it is looked at again.
        _dueTimer.Change(TimeSpan.FromMilliseconds(Math.Clamp(wait, 1, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    // Asks for what is missing to `wanted`, when at least half of it is. Under the gate.
    private void Pull(int wanted)
    {
        _wanted = wanted;
        int missing = wanted - _window.Outstanding - _ready.Count - _early.Count;
        if (missing <= 0 || 2 * missing < wanted || !_isOpen || _isStopped || _isPaused || _pullPrefix.Length == 0 || _time.GetTimestamp() < _pullAgainAt)
        {
            return;
        }

        long expires = _time.GetTimestamp() + (long)((_pullExpiry.TotalSeconds + 2) * _time.TimestampFrequency);
        uint token = _window.Add(missing, expires);
        OutgoingFrame frame = _pullFrame;
        frame.Begin();
        frame.Append(_names.Next);
        Span<byte> digits = stackalloc byte[10];
        Utf8Formatter.TryFormat(token, digits, out int length);
        frame.BeginPayloadWithoutHeaders(_pullPrefix.Length + length);
        _pullPrefix.CopyTo(frame.Reply);
        digits[..length].CopyTo(frame.Reply[_pullPrefix.Length..]);
        frame.Append("{\"batch\":"u8);
        frame.Append(missing);
        frame.Append(_pullEnd);
        frame.End();
        if (!Connection.TrySendOnce(frame))
        {
            _window.OnEnd(token);
        }
    }

    private async Task FinishPauseAsync(int oldSid)
    {
        await HearOutAsync(CancellationToken.None).ConfigureAwait(false);
        await DropPullsAsync(CancellationToken.None).ConfigureAwait(false);
        Connection.Forget(oldSid);
        await ReleaseFetchedAsync(CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask CloseInboxAsync(CancellationToken cancellationToken)
    {
        if (!_isOpen)
        {
            return;
        }

        try
        {
            // What is on its way when the server hears of the end is delivered to nobody, and waits for its lease: so first what there is, then the end.
            await HearOutAsync(cancellationToken).ConfigureAwait(false);
            Connection.BeginUnsubscribe(_inbox);
            await HearOutAsync(cancellationToken).ConfigureAwait(false);
            await DropPullsAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Connection.Unsubscribe(_inbox);
        }
    }

    /// <summary>
    /// Has the server drop pulls that nobody listens to any more, which it does when it is asked about the consumer. A server before 2.10.16 that finds one of them for a task that
    /// was handed back forgets the task until its lease is over, and delivers another one twice.
    /// </summary>
    private async ValueTask DropPullsAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _engine.Topology.FindConsumerAsync(_names, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            // Without a connection nothing is handed back.
        }
    }

    /// <summary>Waits until everything has arrived that the stream had sent. Its answers leave by the same queue as its deliveries, so any answer will do: this one is a refusal.</summary>
    private async ValueTask HearOutAsync(CancellationToken cancellationToken)
    {
        // Nothing can arrive without a connection, or without the stream: then there is nothing to wait for.
        var call = new RequestCall { IsSentOnce = true, AcceptsNoResponders = true };
        _engine.WorkApi.Begin(call, _names.Subject + "flush");
        call.Frame.BeginHeaders(Connection.ReplyLength);
        call.Frame.Append("Nats-Expected-Stream: none\r\n"u8);
        call.Frame.BeginPayload();
        call.Frame.End();
        await call.SendAsync(Connection, cancellationToken).ConfigureAwait(false);
    }
}
