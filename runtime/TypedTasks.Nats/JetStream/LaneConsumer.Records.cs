using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;
using TypedTasks.Shared;

namespace TypedTasks.Nats.JetStream;

// What settling records, always on the condition that no later delivery claimed the task; and what is done once it is recorded.
internal sealed partial class LaneConsumer
{
    private static readonly TimeSpan LongestNak = TimeSpan.FromSeconds(60);

    /// <summary>Writes the frame that records the outcome of a completed task.</summary>
    public void WriteOutcomeFrame(OutgoingFrame frame, NatsDelivery delivery, in Settlement settlement, ulong token)
    {
        frame.Begin();
        frame.Append(_engine.TaskSubjectPrefix);
        frame.Append(delivery.TaskId);
        TaskRecord record = EndOf(delivery, settlement, default);
        _engine.WorkRecords.WriteHeaders(frame, Connection.ReplyLength, delivery.Revision, ExpiryOf(settlement), token);
        record.WriteTo(frame);
        frame.End();
    }

    private static TaskRecord EndOf(NatsDelivery delivery, in Settlement settlement, ReadOnlyMemory<byte> note) => new()
    {
        State = settlement.State,
        IsHidden = settlement.KeepOutcome <= TimeSpan.Zero,
        Round = delivery.Round,
        Attempt = delivery.Attempt,
        Fence = delivery.Fence,
        Outcome = settlement.KeepOutcome > TimeSpan.Zero ? settlement.Outcome : default,
        Note = note,
    };

    // A record that only fences is kept as long as something of its task may still be on the way.
    private DateTimeOffset ExpiryOf(in Settlement settlement)
    {
        TimeSpan keep = settlement.KeepOutcome > TimeSpan.Zero ? settlement.KeepOutcome : _engine.Options.DuplicateWindow + _lease;
        return _time.GetUtcNow() + (keep < _engine.Options.MaxRetention ? keep : _engine.Options.MaxRetention);
    }

    private DateTimeOffset LongestExpiry() => _time.GetUtcNow() + _engine.Options.MaxRetention;

    private ValueTask<bool> RecordEndAsync(NatsDelivery delivery, Settlement settlement, ReadOnlyMemory<byte> note) =>
        WriteRecordAsync(delivery, EndOf(delivery, settlement, note), ExpiryOf(settlement));

    private ValueTask<bool> RecordDeadLetterAsync(NatsDelivery delivery, Settlement settlement) =>
        RecordEndAsync(delivery, settlement, WriteNote(delivery, settlement));

    // Beside the largest envelope there is still room for a short note; beside an outcome for a longer one.
    private byte[] WriteNote(NatsDelivery delivery, in Settlement settlement) =>
        DeadLetterFormat.WriteNote(settlement.Note!, Math.Clamp(Connection.Info.MaxPayload - delivery.Envelope.Length - NatsEngine.MessageOverhead / 2, NatsEngine.MessageOverhead / 4, NatsEngine.MaxNoteLength));

    private ValueTask<bool> RecordRetryAsync(NatsDelivery delivery, Settlement settlement)
    {
        bool isLong = IsLong(settlement);
        DateTimeOffset now = _time.GetUtcNow();
        delivery.RetryAt = settlement.Delay < DateTimeOffset.MaxValue - now ? now + settlement.Delay : DateTimeOffset.MaxValue;
        int attempts = settlement.Uncounted ? delivery.Attempt - 1 : delivery.Attempt;
        return WriteRecordAsync(delivery, new TaskRecord
        {
            State = TaskState.Retrying,
            IsMoved = isLong,
            Round = isLong ? delivery.Round + 1 : delivery.Round,
            Attempt = attempts,
            Fence = delivery.Fence,
            NotBefore = Milliseconds.Of(delivery.RetryAt),
        }, LongestExpiry());
    }

    private ValueTask<bool> RecordReleaseAsync(NatsDelivery delivery) => WriteRecordAsync(delivery, new TaskRecord
    {
        State = delivery.Attempt > 1 ? TaskState.Retrying : TaskState.Queued,
        Round = delivery.Round,
        Attempt = delivery.Attempt - 1,
        Fence = delivery.Fence,
    }, LongestExpiry());

    // Compare and set. What is expired is not in the way; anything else means that the task is somebody else's now.
    private async ValueTask<bool> WriteRecordAsync(NatsDelivery delivery, TaskRecord record, DateTimeOffset expiry)
    {
        ReadOnlyMemory<byte> body = record.ToBytes();
        RecordWrite write = delivery.Revision == 0
            ? await _engine.WorkRecords.CreateAsync(delivery.TaskId, body, expiry, CancellationToken.None).ConfigureAwait(false)
            : await _engine.WorkRecords.WriteAsync(delivery.TaskId, delivery.Revision, body, expiry, CancellationToken.None).ConfigureAwait(false);
        if (write.Applied)
        {
            delivery.Revision = write.Revision;
            delivery.Phase = DeliveryPhase.Recorded;
        }

        return write.Applied;
    }

    // What was recorded is done: it may be repeated, by us or by whoever gets the message next, and changes nothing twice.
    private async ValueTask FinishAsync(NatsDelivery delivery, Settlement settlement)
    {
        switch (settlement.Kind)
        {
            case SettlementKind.DeadLetter:
                await PublishDeadLetterAsync(delivery, WriteNote(delivery, settlement)).ConfigureAwait(false);
                await AnswerAsync(delivery, "+TERM"u8.ToArray()).ConfigureAwait(false);
                break;
            case SettlementKind.Retry when IsLong(settlement):
                int attempts = settlement.Uncounted ? delivery.Attempt - 1 : delivery.Attempt;
                await PublishDelayedAsync(delivery, delivery.RetryAt, delivery.Round + 1, attempts).ConfigureAwait(false);
                await AnswerAsync(delivery, "+ACK"u8.ToArray()).ConfigureAwait(false);
                break;
            case SettlementKind.Retry:
                await HandBackAsync(delivery, delivery.RetryAt - _time.GetUtcNow()).ConfigureAwait(false);
                break;
            case SettlementKind.Release:
                await HandBackAsync(delivery, TimeSpan.Zero).ConfigureAwait(false);
                break;
            default:
                await AnswerAsync(delivery, "+ACK"u8.ToArray()).ConfigureAwait(false);
                break;
        }
    }

    private static bool IsLong(in Settlement settlement) => settlement.Delay > LongestNak;

    // Sent once: a second one could hit the next delivery of the task, which may be in another worker's hands. One that is lost is no harm:
    // what was recorded holds, and the task comes back when the lease is over.
    private async ValueTask HandBackAsync(NatsDelivery delivery, TimeSpan delay)
    {
        if (!delivery.IsKnownToServer)
        {
            return;
        }

        var call = new AnswerCall(delivery) { IsSentOnce = true };
        WriteAnswer(call, delivery, Nak(delay));
        await call.SendAsync(Connection, CancellationToken.None).ConfigureAwait(false);
        if (call.Failure != CallFailure.None)
        {
            EngineLog.NotReleased(_engine.Logger, delivery.TaskId.ToString(), call.Failure.ToString());
        }
    }

    private void WriteAnswer(RequestCall call, NatsDelivery delivery, byte[] answer)
    {
        call.Deadline = RequestDeadline();
        call.Frame.Clear();
        delivery.AppendAnswer(call.Frame, answer);
    }

    // A negative acknowledgement with a delay of less than a millisecond is one without.
    private static byte[] Nak(TimeSpan delay) => delay < TimeSpan.FromMilliseconds(1)
        ? "-NAK"u8.ToArray()
        : System.Text.Encoding.ASCII.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"-NAK {{\"delay\":{delay.Ticks * 100}}}"));

    // What is recorded holds whether the server hears of it or not: a task that it does not know to be done with is delivered again, and found to be.
    private async ValueTask AnswerAsync(NatsDelivery delivery, byte[] answer)
    {
        if (!delivery.IsKnownToServer)
        {
            return;
        }

        var call = new AnswerCall(delivery);
        WriteAnswer(call, delivery, answer);
        await call.SendAsync(Connection, CancellationToken.None).ConfigureAwait(false);
        if (call.Failure == CallFailure.TimedOut && Connection.IsConnected)
        {
            EngineLog.SettlingUnanswered(_engine.Logger, delivery.TaskId.ToString());
        }
        else if (call.Failure != CallFailure.None && delivery.IsKnownToServer)
        {
            throw Failures.Of(call, "Settling a task", Connection);
        }
    }

    private async ValueTask PublishDeadLetterAsync(NatsDelivery delivery, ReadOnlyMemory<byte> note)
    {
        var call = new RequestCall();
        _engine.WorkApi.Begin(call, _names.Dead);
        call.Frame.Append(delivery.TaskId);
        call.Frame.BeginPayloadWithoutHeaders(Connection.ReplyLength);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(call.Frame.GetSpan(4), note.Length);
        call.Frame.Advance(4);
        call.Frame.Append(note.Span);
        call.Frame.Append(delivery.Envelope.Span);
        call.Frame.End();
        PubAck ack = await _engine.WorkApi.PublishAsync(call, "Keeping a dead letter", CancellationToken.None).ConfigureAwait(false);
        ThrowUnlessStored(ack, call, "The dead letter");
    }

    private async ValueTask PublishDelayedAsync(NatsDelivery delivery, DateTimeOffset due, int round, int attempts)
    {
        var call = new RequestCall();
        _engine.WorkApi.Begin(call, _names.Delay(due.ToUnixTimeSeconds()));
        call.Frame.BeginHeaders(Connection.ReplyLength);
        TaskHeaders.AppendId(call.Frame, delivery.TaskId, round);
        TaskHeaders.Append(call.Frame, Milliseconds.Of(due), round, attempts);
        call.Frame.BeginPayload();
        call.Frame.Append(delivery.Envelope.Span);
        call.Frame.End();
        PubAck ack = await _engine.WorkApi.PublishAsync(call, "Delaying a retry", CancellationToken.None).ConfigureAwait(false);
        ThrowUnlessStored(ack, call, "The delayed task");
    }

    // A message of the same subject is the same one, stored by an earlier try.
    private static void ThrowUnlessStored(in PubAck ack, RequestCall call, string what)
    {
        bool isThere = ack.ErrorCode == ErrorCodes.StoreFailed && call.Payload.Span.IndexOf("per subject"u8) >= 0;
        if (ack.ErrorCode != 0 && !isThere)
        {
            throw new TaskEngineException($"{what} was refused: {PubAck.Description(call.Payload.Span)} (JetStream error {ack.ErrorCode}).");
        }
    }

    private async ValueTask ReleaseFetchedAsync(CancellationToken cancellationToken)
    {
        var fetched = new List<NatsDelivery>();
        lock (_gate)
        {
            // A waiter that was woken already gets what it was woken for; of a stopped consumer it gets nothing.
            _isTurningAway = false;
            while ((_isStopped || !_isWoken) && _ready.TryDequeue(out NatsDelivery? delivery))
            {
                fetched.Add(delivery);
            }

            while (_early.TryDequeue(out NatsDelivery? early, out _))
            {
                fetched.Add(early);
            }
        }

        await Task.WhenAll(fetched.Select(ReleaseQuietlyAsync)).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task ReleaseQuietlyAsync(NatsDelivery delivery)
    {
        try
        {
            if (await RecordReleaseAsync(delivery).ConfigureAwait(false))
            {
                await HandBackAsync(delivery, TimeSpan.Zero).ConfigureAwait(false);
            }
        }
        catch (Exception error) when (error is TaskEngineException or ApiException)
        {
            // The lease ends by itself.
            EngineLog.NotReleased(_engine.Logger, delivery.TaskId.ToString(), error.Message);
        }
    }
}
