using System.Buffers.Binary;
using TypedTasks.Engine;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Moves tasks that are due from the delay stream to their lanes. Each second has a subject of its own, so looking is one cheap read.
/// One engine at a time moves a queue's tasks, under a lease in the state; two at once would cost work, not correctness:
/// the lane takes an id once, and the copy in the delay stream is deleted only after the lane has it.
/// A clock may have been ahead, this one or that of the engine before: a lease or a watermark that lies in the future is believed of nobody, for tasks that are due before the
/// watermark would be looked for only once in a while.
/// </summary>
internal sealed class DelayMover(NatsEngine engine, NatsStateStore state)
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Ahead = TimeSpan.FromMilliseconds(1000);
    private const int LateSeconds = 10;
    private const int SlowTicks = 10;

    // A producer's clock may be behind by more than that: its tasks are due in seconds that were looked at already. Where anything waits is asked for once in a while, by one request.
    private const int SearchTicks = 60;
    private const int FarBehind = 600;
    private const int Together = 32;

    // Of one lane at a time, so that a lane of which very much is due keeps no other waiting, and its lease does not end meanwhile.
    private const int MostAtOnce = 4096;

    // The engine has other things to see to.
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(2);
    private readonly byte[] _self = Guid.NewGuid().ToByteArray();
    private readonly Dictionary<Lane, (long Revision, long LeaseUntil, long Watermark)> _held = [];
    private readonly Dictionary<Lane, int> _searchAt = [];
    private readonly HashSet<Lane> _unfinished = [];
    private int _tick;

    /// <summary>Moves what is due in the lanes that are consumed here, turn by turn; what is left after a while is left for the next run.</summary>
    public async ValueTask RunAsync(CancellationToken cancellationToken)
    {
        _tick++;
        Lane[] lanes = [.. engine.Consumers.Select(consumer => consumer.Lane).Distinct()];
        _unfinished.IntersectWith(lanes);
        long start = engine.Time.GetTimestamp();
        do
        {
            foreach (Lane lane in lanes)
            {
                long now = engine.Time.GetUtcNow().ToUnixTimeMilliseconds();
                bool isMore = await TryHoldAsync(lane, now, cancellationToken).ConfigureAwait(false)
                    && !await MoveAsync(engine.Names.Of(lane), now, _unfinished.Remove(lane), cancellationToken).ConfigureAwait(false);
                if (isMore)
                {
                    _unfinished.Add(lane);
                }
            }

            lanes = [.. _unfinished];
        }
        while (lanes.Length > 0 && engine.Time.GetElapsedTime(start) < LongestRun);
    }

    // The lease and the watermark are one value: owner, lease's end, watermark.
    private async ValueTask<bool> TryHoldAsync(Lane lane, long now, CancellationToken cancellationToken)
    {
        bool isMine = _held.TryGetValue(lane, out (long Revision, long LeaseUntil, long Watermark) held);
        double left = held.LeaseUntil - now;
        if (isMine && left > Lease.TotalMilliseconds / 2 && left <= Lease.TotalMilliseconds)
        {
            return true;
        }

        string key = InternalKeys.Mover(lane.Queue) + "/" + lane.Contract;
        StateEntry? entry = isMine ? null : await state.GetAsync(key, cancellationToken).ConfigureAwait(false);
        long? watermark = isMine ? held.Watermark : null;
        if (entry is { Value.Length: 32 } found)
        {
            long othersLeft = BinaryPrimitives.ReadInt64BigEndian(found.Value.Span[16..]) - now;
            if (othersLeft > 0 && othersLeft <= 2 * Lease.TotalMilliseconds && !found.Value.Span[..16].SequenceEqual(_self))
            {
                return false;
            }

            watermark = BinaryPrimitives.ReadInt64BigEndian(found.Value.Span[24..]);
        }

        if (watermark is not { } from || from > (now + (long)Ahead.TotalMilliseconds) / 1000)
        {
            // Nobody left one, or one that lies in the future: what is due before now is searched for.
            from = now / 1000;
            _searchAt[lane] = _tick;
        }

        byte[] value = new byte[32];
        long until = now + (long)Lease.TotalMilliseconds;
        _self.CopyTo(value, 0);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(16), until);
        BinaryPrimitives.WriteInt64BigEndian(value.AsSpan(24), from);
        long revision = isMine ? held.Revision : entry?.Revision ?? 0;
        StateWrite write = revision == 0
            ? await state.CreateAsync(key, value, engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false)
            : await state.ReplaceAsync(key, revision, value, engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false);
        if (!write.Applied)
        {
            _held.Remove(lane);
            return false;
        }

        _held[lane] = (write.Current.Revision, until, from);
        return true;
    }

    // The seconds before one that hold anything, in their order, at most as many as may hold what is moved at once.
    private async ValueTask<List<long>> SecondsBeforeAsync(LaneNames lane, long before, CancellationToken cancellationToken)
    {
        var seconds = new List<long>();
        await foreach ((string subject, _) in engine.SubjectCountsAsync(engine.Names.DelayStream, lane.DelayPrefix + ">", cancellationToken).ConfigureAwait(false))
        {
            if (long.TryParse(subject.AsSpan(lane.DelayPrefix.Length), System.Globalization.NumberStyles.AllowHexSpecifier, null, out long second) && second < before)
            {
                seconds.Add(second);
            }

            if (seconds.Count == MostAtOnce)
            {
                break;
            }
        }

        // They come in their order, for their numbers are of one width.
        return seconds;
    }

    // Returns whether nothing more can be moved now.
    private async ValueTask<bool> MoveAsync(LaneNames lane, long now, bool goesOn, CancellationToken cancellationToken)
    {
        (long revision, long until, long watermark) = _held[lane.Lane];
        long due = now + (long)Ahead.TotalMilliseconds;
        long last = due / 1000;
        long from = goesOn || _tick % SlowTicks == 0 || watermark < last - LateSeconds - 1 ? watermark : Math.Max(watermark, (now / 1000) - 1);
        bool isFarBehind = last - from > FarBehind;
        bool searches = isFarBehind || _tick % SearchTicks == 0 || (_searchAt.TryGetValue(lane.Lane, out int at) && at <= _tick);
        from = isFarBehind ? last - LateSeconds : from;
        IEnumerable<long> seconds = Enumerable.Range(0, (int)Math.Max(0, last - from + 1)).Select(offset => from + offset);
        if (searches)
        {
            seconds = (await SecondsBeforeAsync(lane, from, cancellationToken).ConfigureAwait(false)).Concat(seconds);
        }

        long firstLeft = long.MaxValue;
        int left = MostAtOnce;
        int tried = 0;
        bool hasRoom = true;
        foreach (long[] some in seconds.Chunk(Together))
        {
            var reading = new DueTasks(engine, lane, some);
            while (reading.FirstLeft < long.MaxValue && left > 0 && hasRoom)
            {
                List<DueTask> found = await reading.ReadAsync(cancellationToken).ConfigureAwait(false);
                left -= found.Count;
                firstLeft = Math.Min(firstLeft, found.Where(task => task.Due > due).Select(task => task.Due / 1000).DefaultIfEmpty(long.MaxValue).Min());
                DueTask[] ready = [.. found.Where(task => task.Due <= due).OrderBy(task => task.Due)];
                tried += ready.Length;
                if (ready.Length > 0)
                {
                    bool[] moved = await MoveAllAsync(lane, ready, cancellationToken).ConfigureAwait(false);
                    firstLeft = Math.Min(firstLeft, ready.Where((_, i) => !moved[i]).Select(task => task.Due / 1000).DefaultIfEmpty(long.MaxValue).Min());

                    // Where none of many has room, those behind them have none either.
                    hasRoom = moved.Contains(true) || ready.Length < DueTasks.MostTasks;
                }
            }

            firstLeft = Math.Min(firstLeft, reading.FirstLeft);
            if (reading.FirstLeft < long.MaxValue)
            {
                break;
            }
        }

        // What has no room in its lane yet, or no turn, from seconds that are not looked at again, is searched for again.
        bool isFinished = left > 0 || !hasRoom || tried < MostAtOnce / 2;
        if (searches && firstLeft < from)
        {
            _searchAt[lane.Lane] = isFinished ? _tick + SlowTicks : _tick;
            firstLeft = from;
        }
        else if (searches)
        {
            _searchAt.Remove(lane.Lane);
        }

        // Somewhat behind, for publishers whose message was long under way.
        long next = Math.Max(watermark, Math.Min(firstLeft, last - LateSeconds));
        _held[lane.Lane] = (revision, until, next);
        return isFinished;
    }

    // Returns of each whether it was moved, now or before.
    private async ValueTask<bool[]> MoveAllAsync(LaneNames lane, DueTask[] tasks, CancellationToken cancellationToken)
    {
        bool[] over = await Task.WhenAll(tasks.Select(task => IsOverAsync(task, cancellationToken))).ConfigureAwait(false);

        // Sent one after the other without waiting in between, so they arrive in the order of their times.
        var moves = new Task<bool>[tasks.Length];
        for (int i = 0; i < tasks.Length; i++)
        {
            moves[i] = over[i] ? Task.FromResult(true) : PublishAsync(lane, tasks[i], cancellationToken).AsTask();
        }

        bool[] moved = await Task.WhenAll(moves).ConfigureAwait(false);
        await Task.WhenAll(tasks.Where((_, i) => moved[i]).Select(task => engine.WorkApi.DeleteAsync(engine.Names.DelayStream, task.Message.Sequence, cancellationToken).AsTask())).ConfigureAwait(false);
        return moved;
    }

    // Whether the task went on without this copy: it was moved before, and ran, or was requeued.
    private async Task<bool> IsOverAsync(DueTask task, CancellationToken cancellationToken)
    {
        StoredRecord? stored = await engine.WorkRecords.GetAsync(task.Id, cancellationToken).ConfigureAwait(false);
        return stored is { IsExpired: false } found && TaskRecord.Read(found.Body) is { } record
            && (record.Round > task.Round || (record.Round == task.Round && !record.IsMoved));
    }

    private async ValueTask<bool> PublishAsync(LaneNames lane, DueTask task, CancellationToken cancellationToken)
    {
        var call = new RequestCall();
        engine.WorkApi.Begin(call, lane.Subject);
        call.Frame.Append(task.Id);
        call.Frame.BeginHeaders(engine.WorkConnection.ReplyLength);
        TaskHeaders.AppendMessageId(call.Frame, task.Id, task.Round);
        TaskHeaders.AppendExpectsNone(call.Frame);
        TaskHeaders.Append(call.Frame, task.Due, task.Round, (int)task.Message.Number(TaskHeaders.Attempt));
        call.Frame.BeginPayload();
        call.Frame.Append(task.Message.Payload.Span);
        call.Frame.End();
        PubAck ack = await engine.WorkApi.PublishAsync(call, "Moving a delayed task", cancellationToken).ConfigureAwait(false);
        if (ack.ErrorCode == 0)
        {
            return true;
        }

        // Full, or the id is in the lane: as this very copy, moved before, or as an earlier one whose settling is not finished. Then this one waits.
        return ErrorCodes.IsConflict(ack.ErrorCode)
            && await engine.WorkApi.GetLastAsync(lane.Stream, lane.Subject, task.Id, cancellationToken).ConfigureAwait(false) is { } present
            && present.Number(TaskHeaders.Round) == task.Round;
    }
}
