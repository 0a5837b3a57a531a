using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Settles a delivery as complete when its outcome is kept: records it, under the condition that nobody else recorded anything, and hands it back to the batch to be acknowledged.
/// Acknowledges it alone where that did not succeed together with others. Works on the reader's thread, and allocates nothing.
/// </summary>
internal sealed class SettleCall(NatsDelivery delivery) : PendingCall
{
    private SettleBatch? _batch;
    private int _slot;
    private bool _isRecording;
    private PubAck _ack;
    private Settlement _settlement;
    private ulong _token;

    /// <summary>An acknowledgement goes out again as long as it cannot hit another worker's delivery; a record is conditional anyway.</summary>
    public override bool MayResend => _isRecording || delivery.Phase == DeliveryPhase.Recorded || delivery.Consumer.HoldsLease(delivery);

    /// <summary>Acknowledges the delivery alone.</summary>
    public void Acknowledge(SettleBatch batch, int slot)
    {
        _batch = batch;
        _slot = slot;
        Frame.Begin();
        Frame.Append(delivery.AckSubjectBytes);
        Frame.BeginPayloadWithoutHeaders(delivery.Consumer.Connection.ReplyLength);
        Frame.Append("+ACK"u8);
        Frame.End();
        Deadline = delivery.Phase == DeliveryPhase.Recorded ? delivery.Consumer.RequestDeadline() : Math.Min(delivery.Consumer.RequestDeadline(), delivery.LeaseEnd);
        delivery.Consumer.Connection.Send(this);
    }

    /// <summary>Records the outcome.</summary>
    public void Record(SettleBatch batch, int slot, in Settlement settlement)
    {
        _batch = batch;
        _slot = slot;
        _isRecording = true;
        _settlement = settlement with { Outcome = default };
        _token = RecordStream.NewToken();
        delivery.Consumer.WriteOutcomeFrame(Frame, delivery, settlement, _token);
        Deadline = delivery.Consumer.RequestDeadline();
        delivery.Consumer.Connection.Send(this);
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame)
    {
        if (!_isRecording)
        {
            return !frame.Headers.IsEmpty && new NatsHeaders(frame.Headers).Status == 503 ? CallVerdict.TryAgain : CallVerdict.Completed;
        }

        if (frame.Payload.IsEmpty)
        {
            return CallVerdict.TryAgain;
        }

        _ack = PubAck.Parse(frame.Payload);
        return ErrorCodes.IsTransient(_ack.ErrorCode) || ErrorCodes.IsPressure(_ack.ErrorCode) ? CallVerdict.TryAgain : CallVerdict.Completed;
    }

    /// <inheritdoc/>
    protected internal override void OnCompleted()
    {
        SettleBatch batch = _batch!;
        if (Failure != CallFailure.None)
        {
            bool lost = !_isRecording && delivery.Phase == DeliveryPhase.Held && !delivery.Consumer.HoldsLease(delivery);
            bool wasRecording = _isRecording;
            End();
            if (lost && Failure is (CallFailure.ConnectionLost or CallFailure.TimedOut))
            {
                delivery.Phase = DeliveryPhase.Lost;
                batch.Done(_slot, SettleStatus.LeaseLost);
                return;
            }

            TaskEngineException failure = Failures.Of(this, wasRecording ? "Recording an outcome" : "Settling a task", delivery.Consumer.Connection);
            if (wasRecording)
            {
                batch.RecordEnded();
            }

            batch.Fail(failure);
        }
        else if (!_isRecording)
        {
            End();
            delivery.Phase = DeliveryPhase.Settled;
            batch.Done(_slot, SettleStatus.Done);
        }
        else if (_ack.ErrorCode == 0 && _ack.IsValid)
        {
            int slot = _slot;
            End();
            delivery.Revision = _ack.Sequence;
            delivery.Phase = DeliveryPhase.Recorded;
            batch.Recorded(slot);
        }
        else
        {
            // The caller's buffer may hold something else by now; the frame still has what it held.
            ReadOnlyMemory<byte> record = Frame.Payload[RecordStream.HeaderLength..].ToArray();
            Settlement settlement = _settlement with { Outcome = TaskRecord.Read(record)?.Outcome ?? default };
            int slot = _slot;
            ulong token = Sends > 1 ? _token : 0;
            End();
            batch.RecordEnded();
            delivery.Consumer.SettleAfterConflict(batch, slot, settlement, token, _ack.ErrorCode);
        }
    }

    private void End()
    {
        _batch = null;
        _isRecording = false;
        _settlement = default;
    }
}

/// <summary>Renews a delivery's lease, and takes the new end from the moment of sending.</summary>
internal sealed class RenewCall(NatsDelivery delivery) : PendingCall
{
    private SettleBatch? _batch;
    private int _slot;
    private int _isUnderWay;
    private long _newEnd;

    public override bool MayResend => false;

    /// <summary>Sends the renewal; without a batch, for deliveries that wait in a buffer, nobody waits for the answer. One at a time.</summary>
    public bool TrySend(SettleBatch? batch, int slot)
    {
        if (Interlocked.Exchange(ref _isUnderWay, 1) == 1)
        {
            return false;
        }

        _batch = batch;
        _slot = slot;
        _newEnd = delivery.Consumer.LeaseEndFromNow();
        Frame.Begin();
        Frame.Append(delivery.AckSubjectBytes);
        Frame.BeginPayloadWithoutHeaders(delivery.Consumer.Connection.ReplyLength);
        Frame.Append("+WPI"u8);
        Frame.End();
        Deadline = Math.Min(delivery.Consumer.RequestDeadline(), delivery.LeaseEnd);
        delivery.Consumer.Connection.Send(this);
        return true;
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame) =>
        !frame.Headers.IsEmpty && new NatsHeaders(frame.Headers).Status == 503 ? CallVerdict.TryAgain : CallVerdict.Completed;

    /// <inheritdoc/>
    protected internal override void OnCompleted()
    {
        (SettleBatch? batch, int slot) = (_batch, _slot);
        bool renewed = Failure == CallFailure.None;
        if (renewed)
        {
            // An answer that needed a second sending renewed later than this says: never earlier.
            Volatile.Write(ref delivery.LeaseEnd, Math.Max(Volatile.Read(ref delivery.LeaseEnd), _newEnd));
        }

        CallFailure failure = Failure;
        _batch = null;
        Volatile.Write(ref _isUnderWay, 0);
        if (batch is null)
        {
            return;
        }

        if (renewed)
        {
            batch.Done(slot, SettleStatus.Done);
        }
        else if (!delivery.Consumer.HoldsLease(delivery))
        {
            batch.Done(slot, SettleStatus.LeaseLost);
        }
        else
        {
            batch.Fail(new TaskEngineException($"A lease was not renewed: no answer from the NATS server ({failure}). Renewing again is safe."));
        }
    }
}
