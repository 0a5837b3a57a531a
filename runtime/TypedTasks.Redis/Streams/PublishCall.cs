using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;
using TypedTasks.Shared;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// One task on its way into a lane. A fresh one goes by a plain <c>XADD</c> while there is known to be room; everything else goes by the script,
/// which looks for a duplicate, for room and at the clock.
/// </summary>
/// <remarks>
/// The envelope is written once, behind room for the longest head; either head is put right before it, so the same bytes serve every try.
/// What was sent and not answered is looked for by its id before it is sent again.
/// </remarks>
internal sealed class PublishCall(RedisEngine engine) : PooledCall<PublishStatus>
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMilliseconds(100);

    private readonly RespBuffer _head = new();
    private LaneState _lane = null!;
    private TaskId _id;
    private long _notBefore;
    private bool _fresh;
    private bool _follows;
    private bool _plain;
    private int _headRoom;
    private int _tries;
    private int _waitsWith;
    private long _startedAt;
    private long _sinceEntry;

    /// <summary>Where the envelope goes. Its own head room was reserved.</summary>
    internal RespBuffer Reserve(LaneState lane)
    {
        _lane = lane;
        _headRoom = 512 + lane.AddHead.Length + (3 * lane.Keys.Stream.Length) + lane.Keys.Queue.OutcomeLength + lane.Keys.Queue.Wake.Length;
        Request.GetSpan(_headRoom);
        Request.Advance(_headRoom);
        return Request;
    }

    internal int EnvelopeLength => Request.Length - _headRoom;

    /// <summary>Gives the object back before anything was begun.</summary>
    internal void Discard()
    {
        Request.Reset(keep: 64 * 1024);
        Recycle();
    }

    /// <summary>Sends the task. <see cref="PooledCall{TResult}.Result"/> must have been taken before.</summary>
    internal void Prepare(in TaskAddress address, CancellationToken cancellationToken)
    {
        _id = address.Id;
        _fresh = address.IsFresh;
        _follows = address.Follows;
        _notBefore = Milliseconds.Of(address.NotBefore);
        _tries = 0;
        _startedAt = Environment.TickCount64;
        _sinceEntry = _lane.LastEntry;
        Slot = _lane.Keys.Queue.Slot;
        Request.Append("\r\n"u8);
        Begin(cancellationToken);
    }

    internal void SendFirst()
    {
        if (_fresh && _notBefore == 0 && !_follows && _lane.TryPublishUnasked())
        {
            WritePlainHead();
            engine.Router.Send(this);
        }
        else if (!_fresh && engine.Recent.TryGet(_id, out long since))
        {
            // An id that this process made itself a moment ago: its first try may be in the stream and is written down nowhere else.
            _sinceEntry = since;
            _ = ResolveAsync(found: PublishStatus.Duplicate);
        }
        else
        {
            SendChecked();
        }
    }

    internal override void OnReply(ref RespReader reply) => Take(ref reply, isShort: false);

    internal override void OnShort(ref RespReader reply, int replicas) => Take(ref reply, isShort: true);

    internal override void OnLost(Exception cause, bool sent)
    {
        if (!sent || IsAbandoned)
        {
            if (sent && _fresh)
            {
                engine.Recent.Remember(_id, _sinceEntry);
            }

            Finish(default, engine.IsStopped
                ? new TaskRejectedException(_id, TaskRejection.Stopped, $"The task {_id} was not accepted: the Redis engine is stopped.")
                : new TaskRejectedException(_id, TaskRejection.Refused, $"The task {_id} was not accepted, nothing was sent: {cause.Message}", cause));
            return;
        }

        _ = ResolveAsync(found: PublishStatus.Accepted, cause);
    }

    // The caller may enqueue it again at once, under the id that it has by then: where to look for the first try is written down nowhere else.
    protected override void OnAbandoned()
    {
        if (_fresh)
        {
            engine.Recent.Remember(_id, _sinceEntry);
        }
    }

    protected override void Recycle()
    {
        if (_waitsWith > 0)
        {
            engine.EndWait(_waitsWith);
            _waitsWith = 0;
        }

        _head.Reset(keep: 4096);
        engine.PublishCalls.Return(this);
    }

    private void Take(ref RespReader reply, bool isShort)
    {
        if (reply.IsError)
        {
            OnError(reply.ReadBytes());
            return;
        }

        if (_plain)
        {
            _sinceEntry = EntryId.Parse(reply.ReadBytes()).Milliseconds;
            _lane.SawEntry(_sinceEntry);
            engine.Recent.Remember(_id, _sinceEntry);
            End(PublishStatus.Accepted, isShort);
            return;
        }

        long room = reply.ReadInteger();
        if (room == -1)
        {
            End(PublishStatus.Duplicate, isShort);
        }
        else if (room >= 0)
        {
            if (!_follows)
            {
                _lane.SawRoom(room);
            }

            if (_fresh)
            {
                engine.Recent.Remember(_id, _lane.LastEntry);
            }

            End(PublishStatus.Accepted, isShort);
        }
        else
        {
            WaitForRoom(engine.FullMessage(_lane.Keys.Lane));
        }
    }

    private void End(PublishStatus status, bool isShort)
    {
        if (isShort)
        {
            _ = ResolveAsync(status, acceptedBy: engine.Router.NodeFor(Slot).Server);
        }
        else
        {
            Finish(status, null);
        }
    }

    private void OnError(ReadOnlySpan<byte> line)
    {
        if (IsAbandoned)
        {
            // It was not executed, and nobody waits for it: sent once more it could meet what the caller enqueues meanwhile under the same id.
            Finish(default, null);
            return;
        }

        if (engine.Router.TrySendAgain(this, line))
        {
            return;
        }

        RespError error = RespError.Parse(line);
        switch (error.Kind)
        {
            case RespErrorKind.OutOfMemory:
                WaitForRoom($"Redis has reached its maxmemory: {error.Message}");
                break;

            case RespErrorKind.Misconfigured or RespErrorKind.NoReplicas:
                WaitForRoom($"Redis refuses writes: {error.Message}");
                break;

            default:
                Finish(default, new TaskRejectedException(_id, TaskRejection.Refused, $"The task {_id} was not accepted: Redis answered '{error.Message}'."));
                break;
        }
    }

    /// <summary>The engine pushes back: the task waits for as long as is configured, then is refused.</summary>
    private void WaitForRoom(string reason)
    {
        TimeSpan waited = TimeSpan.FromMilliseconds(Environment.TickCount64 - _startedAt);
        if (IsAbandoned || (engine.Options.PublishTimeout != Timeout.InfiniteTimeSpan && waited >= engine.Options.PublishTimeout))
        {
            Finish(default, new TaskRejectedException(
                _id,
                TaskRejection.Full,
                $"The task {_id} was not accepted after {waited}. {reason} ({nameof(RedisEngineOptions.PublishTimeout)} is {engine.Options.PublishTimeout}.)"));
            return;
        }

        if (_waitsWith == 0)
        {
            if (!engine.TryBeginWait(EnvelopeLength))
            {
                Finish(default, new TaskRejectedException(
                    _id,
                    TaskRejection.Full,
                    $"The task {_id} was not accepted. {reason} As many others wait for room as may ({nameof(RedisEngineOptions.MaxInFlight)} and {nameof(RedisEngineOptions.MaxInFlightBytes)})."));
                return;
            }

            _waitsWith = EnvelopeLength;
        }

        TimeSpan delay = Backoff.Next(++_tries, FirstDelay, LongestDelay, Random.Shared);
        _ = Task.Delay(delay).ContinueWith(static (_, call) => ((PublishCall)call!).SendAfterWait(), this, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void SendAfterWait()
    {
        if (IsAbandoned)
        {
            // The caller gave up while nothing was under way: the task is in no place.
            Finish(default, null);
            return;
        }

        SendChecked();
    }

    private void SendChecked()
    {
        WriteCheckedHead();
        engine.Router.Send(this);
    }

    /// <summary>
    /// Whether the task is there, or on enough replicas, is not known: looks for it, and sends it again, checked, when it is not.
    /// With <paramref name="acceptedBy"/> that connection's server has taken it, and lacks replicas.
    /// </summary>
    private async Task ResolveAsync(PublishStatus found, Exception? cause = null, ServerIdentity? acceptedBy = null)
    {
        TimeSpan patience = acceptedBy is null ? engine.Options.CommandTimeout : engine.Options.PublishTimeout;
        long deadline = patience == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)patience.TotalMilliseconds;
        for (int failures = 0; ; failures++)
        {
            try
            {
                TaskState state = await engine.FindInLaneAsync(_lane, _id, _sinceEntry, maxPages: int.MaxValue, needsReplicas: true).ConfigureAwait(false);

                // What the same server took and does not have any more has run meanwhile; another server may never have got it.
                if (state == TaskState.Unknown && (acceptedBy is null || acceptedBy != engine.Router.NodeFor(Slot).Server))
                {
                    break;
                }

                engine.Recent.Remember(_id, _sinceEntry);
                Finish(found, null);
                return;
            }
            catch (Exception exception) when (exception is TaskException or RespException or ObjectDisposedException)
            {
                if (Environment.TickCount64 < deadline && !engine.IsStopped && !IsAbandoned)
                {
                    await Task.Delay(Backoff.Next(failures, FirstDelay, LongestDelay, Random.Shared)).ConfigureAwait(false);
                    continue;
                }

                engine.Recent.Remember(_id, _sinceEntry);
                Finish(default, new TaskUnconfirmedException(
                    _id,
                    acceptedBy is null
                        ? $"The connection to Redis broke before the task {_id} was confirmed, and whether it was accepted cannot be found out: {exception.Message} Enqueue it again under the same id."
                        : $"The task {_id} is in its lane, but within {patience} it was not confirmed that {engine.Options.WaitReplicas} replicas have it ({nameof(RedisEngineOptions.WaitReplicas)}): "
                            + $"{exception.Message} It runs, unless a failover loses it. Enqueue it again under the same id.",
                    cause ?? exception));
                return;
            }
        }

        if (IsAbandoned)
        {
            Finish(default, null);
            return;
        }

        // Ended meanwhile and recorded, or never arrived: the script tells the two apart by the outcome.
        _fresh = false;
        SendChecked();
    }

    private void WritePlainHead()
    {
        _plain = true;
        _head.Reset();
        _head.Append(_lane.AddHead);
        _id.Write(_head.GetSpan(TaskId.Size));
        _head.Advance(TaskId.Size);
        _head.Append("\r\n$1\r\ne\r\n"u8);
        FinishHead();
    }

    private void WriteCheckedHead()
    {
        _plain = false;
        _head.Reset();
        LaneKeys keys = _lane.Keys;
        LuaScript.Enqueue.WriteTo(_head, keys: 4, arguments: 6);
        _head.WriteBulk(keys.Stream);
        _head.WriteBulk(keys.Due);
        _head.WriteBulk(keys.Tasks);
        _head.WriteOutcomeKey(keys.Queue, _id);
        _head.WriteBulk(_id);
        _head.WriteBulk(_follows ? 0 : engine.Options.MaxTasksPerLane);
        _head.WriteBulk(_notBefore);
        _head.WriteBulk(_fresh ? "1"u8 : "0"u8);
        _head.WriteBulk(keys.Queue.Wake);
        FinishHead();
    }

    /// <summary>Puts the head right before the envelope.</summary>
    private void FinishHead()
    {
        Span<byte> header = stackalloc byte[RespWriter.MaxHeader];
        _head.Append(header[..RespWriter.Header(header, (byte)'$', EnvelopeLength - 2)]);
        Start = _headRoom - _head.Length;
        _head.Span.CopyTo(Request.Slice(Start, _head.Length));
    }
}
