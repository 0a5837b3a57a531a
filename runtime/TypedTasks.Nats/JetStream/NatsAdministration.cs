using System.Runtime.CompilerServices;
using System.Text.Json;
using TypedTasks.Engine;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>Depths, dead letters, purging and pausing, by the JetStream API.</summary>
internal sealed class NatsAdministration(NatsEngine engine, PauseWatch pauses) : IEngineAdministration
{
    private const int MostLookedUp = 1000;

    private JetStreamApi Api => engine.WorkApi;

    public ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken) =>
        Guarded(() => engine.ListLanesAsync(cancellationToken), cancellationToken);

    public ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken) => Guarded(async () =>
    {
        LaneNames names = engine.Names.Of(lane);
        bool isPaused = await pauses.IsPausedAsync(lane.Queue, cancellationToken).ConfigureAwait(false);
        if (await engine.Topology.FindConsumerAsync(names, cancellationToken).ConfigureAwait(false) is not { } consumer)
        {
            return new LaneStatistics { IsPaused = isPaused };
        }

        long pending = JetStreamApi.Long(consumer, "num_pending"u8);
        long inFlight = JetStreamApi.Long(consumer, "num_ack_pending"u8);
        List<WaitingTask> waiting = await WaitingAsync(names, consumer, inFlight, cancellationToken).ConfigureAwait(false);
        int due = waiting.Count(task => task.DueAt <= engine.Time.GetUtcNow().ToUnixTimeMilliseconds());
        (ulong delivered, _) = Sequences(consumer);
        StoredMessage? oldest = pending == 0 ? null : await Api.GetNextAsync(names.Stream, names.Filter, delivered + 1, cancellationToken).ConfigureAwait(false);
        return new LaneStatistics
        {
            Ready = pending + due,
            InFlight = Math.Max(0, inFlight - waiting.Count),
            Delayed = waiting.Count - due + await CountAsync(engine.Names.DelayStream, names.DelayPrefix + ">", cancellationToken).ConfigureAwait(false),
            DeadLetters = await CountAsync(engine.Names.DeadStream, names.Dead + "*", cancellationToken).ConfigureAwait(false),
            OldestReadyAt = oldest?.Time,
            IsPaused = isPaused,
        };
    }, cancellationToken);

    public async IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        engine.ThrowIfNotRunning();
        LaneNames names = engine.Names.Of(lane);
        ulong from = 1;
        while (await Api.GetNextAsync(engine.Names.DeadStream, names.Dead + "*", from, cancellationToken).ConfigureAwait(false) is { } message)
        {
            from = message.Sequence + 1;
            if (TaskId.TryParse(message.Subject[names.Dead.Length..], null, out TaskId id)
                && DeadLetterFormat.TrySplit(message.Payload, out ReadOnlyMemory<byte> note, out ReadOnlyMemory<byte> envelope)
                && DeadLetterFormat.ReadNote(note.Span) is { } read)
            {
                yield return new StoredDeadLetter(id, lane, read, envelope);
            }
        }
    }

    // First the record says that another round begins, then the lane gets the task, then the dead letter goes: a crash between leaves a dead letter that can be requeued again.
    public ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => Guarded(async () =>
    {
        LaneNames names = engine.Names.Of(lane);
        string key = id.ToString("N", null);
        if (await Api.GetLastAsync(engine.Names.DeadStream, names.Dead, id, cancellationToken).ConfigureAwait(false) is not { } letter
            || !DeadLetterFormat.TrySplit(letter.Payload, out _, out ReadOnlyMemory<byte> envelope))
        {
            return false;
        }

        await engine.StartAsync([lane], cancellationToken).ConfigureAwait(false);
        int round = await BeginRoundAsync(key, cancellationToken).ConfigureAwait(false);
        var call = new RequestCall();
        Api.Begin(call, names.Subject + key);
        call.Frame.BeginHeaders(Api.Connection.ReplyLength);
        TaskHeaders.AppendMessageId(call.Frame, id, round);
        TaskHeaders.AppendExpectsNone(call.Frame);
        TaskHeaders.Append(call.Frame, 0, round, 0);
        call.Frame.BeginPayload();
        call.Frame.Append(envelope.Span);
        call.Frame.End();
        PubAck ack = await Api.PublishAsync(call, "Requeueing a dead letter", cancellationToken).ConfigureAwait(false);
        if (ack.ErrorCode != 0)
        {
            throw new TaskEngineException($"The dead letter {id} stays: the lane refused it: {PubAck.Description(call.Payload.Span)} (JetStream error {ack.ErrorCode}).");
        }

        await Api.DeleteAsync(engine.Names.DeadStream, letter.Sequence, cancellationToken).ConfigureAwait(false);
        return true;
    }, cancellationToken);

    public ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => Guarded(async () =>
        await Api.GetLastAsync(engine.Names.DeadStream, engine.Names.Of(lane).Dead, id, cancellationToken).ConfigureAwait(false) is { } letter
        && await Api.DeleteAsync(engine.Names.DeadStream, letter.Sequence, cancellationToken).ConfigureAwait(false), cancellationToken);

    public ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken) => Guarded(async () =>
    {
        LaneNames names = engine.Names.Of(lane);
        long purged = await CountAsync(engine.Names.DelayStream, names.DelayPrefix + ">", cancellationToken).ConfigureAwait(false);
        await ForgetDelayedAsync(names, cancellationToken).ConfigureAwait(false);
        await Api.PurgeSubjectAsync(engine.Names.DelayStream, names.DelayPrefix + ">", cancellationToken).ConfigureAwait(false);
        if (await engine.Topology.FindConsumerAsync(names, cancellationToken).ConfigureAwait(false) is not { } consumer)
        {
            return purged;
        }

        // Short retries are pending at the consumer: they are settled, for deleting what is pending would stall it.
        long inFlight = JetStreamApi.Long(consumer, "num_ack_pending"u8);
        foreach ((StoredMessage waiting, _) in await WaitingAsync(names, consumer, inFlight, cancellationToken).ConfigureAwait(false))
        {
            await TerminateAsync(names, waiting, cancellationToken).ConfigureAwait(false);
            await ForgetRecordAsync(waiting, cancellationToken).ConfigureAwait(false);
            purged++;
        }

        (ulong next, _) = Sequences(consumer);
        while (await Api.GetNextAsync(names.Stream, names.Filter, next + 1, cancellationToken).ConfigureAwait(false) is { } message)
        {
            next = message.Sequence;
            if (await Api.DeleteAsync(names.Stream, message.Sequence, cancellationToken).ConfigureAwait(false))
            {
                await ForgetRecordAsync(message, cancellationToken).ConfigureAwait(false);
                purged++;
            }
        }

        return purged;
    }, cancellationToken);

    public async ValueTask PauseAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        engine.ThrowIfNotRunning();
        await pauses.SetAsync(queue, isPaused: true, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ResumeAsync(string queue, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(queue);
        engine.ThrowIfNotRunning();
        await pauses.SetAsync(queue, isPaused: false, cancellationToken).ConfigureAwait(false);
    }

    private static (ulong Delivered, ulong Floor) Sequences(JsonElement consumer) => (
        consumer.TryGetProperty("delivered"u8, out JsonElement delivered) ? (ulong)JetStreamApi.Long(delivered, "stream_seq"u8) : 0,
        consumer.TryGetProperty("ack_floor"u8, out JsonElement floor) ? (ulong)JetStreamApi.Long(floor, "stream_seq"u8) : 0);

    private async ValueTask<long> CountAsync(string stream, string filter, CancellationToken cancellationToken)
    {
        long count = 0;
        await foreach ((_, long messages) in engine.SubjectCountsAsync(stream, filter, cancellationToken).ConfigureAwait(false))
        {
            count += messages;
        }

        return count;
    }

    // The tasks between floor and delivered that are in nobody's hands: retries, and what a worker handed back. Looked up one by one, so for a limited number.
    private async ValueTask<List<WaitingTask>> WaitingAsync(LaneNames names, JsonElement consumer, long inFlight, CancellationToken cancellationToken)
    {
        var waiting = new List<WaitingTask>();
        (ulong delivered, ulong floor) = Sequences(consumer);
        if (inFlight is 0 or > MostLookedUp)
        {
            return waiting;
        }

        ulong next = floor;
        while (await Api.GetNextAsync(names.Stream, names.Filter, next + 1, cancellationToken).ConfigureAwait(false) is { } message && message.Sequence <= delivered)
        {
            next = message.Sequence;
            StoredRecord? stored = message.TryReadTask(out TaskId id) ? await engine.WorkRecords.GetAsync(id, cancellationToken).ConfigureAwait(false) : null;
            long due = message.Number(TaskHeaders.Due);
            if (stored is { IsExpired: false } found && TaskRecord.Read(found.Body) is { State: TaskState.Retrying or TaskState.Queued } record)
            {
                waiting.Add(new WaitingTask(message, Math.Max(due, record.NotBefore)));
            }
            else if (due > engine.Time.GetUtcNow().ToUnixTimeMilliseconds())
            {
                waiting.Add(new WaitingTask(message, due));
            }
        }

        return waiting;
    }

    private async ValueTask<int> BeginRoundAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            StoredRecord? stored = await engine.WorkRecords.GetAsync(key, cancellationToken).ConfigureAwait(false);
            TaskRecord? record = stored is { } found ? TaskRecord.Read(found.Body) : null;
            if (record is { State: TaskState.Queued, Attempt: 0, Round: > 0 } begun)
            {
                return begun.Round;
            }

            int round = (record?.Round ?? 0) + 1;
            ReadOnlyMemory<byte> body = new TaskRecord { State = TaskState.Queued, Round = round, Fence = record?.Fence ?? 0 }.ToBytes();
            RecordWrite write = await engine.WorkRecords.WriteAsync(key, stored?.Revision ?? 0, body, engine.Time.GetUtcNow() + engine.Options.MaxRetention, cancellationToken).ConfigureAwait(false);
            if (write.Applied)
            {
                return round;
            }
        }
    }

    private async ValueTask ForgetDelayedAsync(LaneNames names, CancellationToken cancellationToken)
    {
        ulong next = 0;
        while (await Api.GetNextAsync(engine.Names.DelayStream, names.DelayPrefix + ">", next + 1, cancellationToken).ConfigureAwait(false) is { } message)
        {
            next = message.Sequence;
            if (new NatsHeaders(message.Headers.Span).TryGet(TaskHeaders.Id, out ReadOnlySpan<byte> id))
            {
                await ForgetRecordAsync(System.Text.Encoding.ASCII.GetString(id), cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private ValueTask ForgetRecordAsync(StoredMessage message, CancellationToken cancellationToken) =>
        message.TryReadTask(out TaskId id) ? ForgetRecordAsync(id, cancellationToken) : ValueTask.CompletedTask;

    private async ValueTask ForgetRecordAsync(SubjectKey key, CancellationToken cancellationToken)
    {
        if (await engine.WorkRecords.GetAsync(key, cancellationToken).ConfigureAwait(false) is { } record)
        {
            await engine.WorkRecords.DeleteAsync(record.Revision, cancellationToken).ConfigureAwait(false);
        }
    }

    // The subject that a delivery would have borne. The server looks at the stream's sequence and at the delivery's number being one it gave.
    private async ValueTask TerminateAsync(LaneNames names, StoredMessage message, CancellationToken cancellationToken)
    {
        var call = new RequestCall();
        Api.Begin(call, $"$JS.ACK.{names.Stream}.{names.Consumer}.1.{message.Sequence}.1.0.0");
        call.Frame.BeginPayloadWithoutHeaders(Api.Connection.ReplyLength);
        call.Frame.Append("+TERM"u8);
        call.Frame.End();
        await call.SendAsync(Api.Connection, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<T> Guarded<T>(Func<ValueTask<T>> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        engine.ThrowIfNotRunning();
        return await Failures.TypedAsync(work()).ConfigureAwait(false);
    }

    /// <summary>A task that was delivered and is in nobody's hands.</summary>
    /// <param name="Message">The task.</param>
    /// <param name="DueAt">Not before this, in Unix milliseconds; 0 for one that was handed back.</param>
    private readonly record struct WaitingTask(StoredMessage Message, long DueAt);
}
