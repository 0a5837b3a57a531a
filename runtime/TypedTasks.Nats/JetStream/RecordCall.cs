using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Records the outcome of a delivery that is settled as complete, under the condition that nobody else recorded anything, and hands it back to the batch to be acknowledged.
/// Works on the reader's thread, and allocates nothing. It may be sent again at any time, for its condition holds once.
/// </summary>
internal sealed class RecordCall(NatsDelivery delivery) : PendingCall
{
    private SettleBatch? _batch;
    private int _slot;
    private PubAck _ack;
    private Settlement _settlement;
    private ulong _token;

    /// <summary>Records the outcome.</summary>
    public void Send(SettleBatch batch, int slot, in Settlement settlement)
    {
        _batch = batch;
        _slot = slot;
        _settlement = settlement with { Outcome = default };
        _token = RecordStream.NewToken();
        delivery.Consumer.WriteOutcomeFrame(Frame, delivery, settlement, _token);
        Deadline = delivery.Consumer.RequestDeadline();
        delivery.Consumer.Connection.Send(this);
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame)
    {
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
        // With the last word to the batch the delivery may be another task's, and this with it.
        SettleBatch batch = _batch!;
        int slot = _slot;
        Settlement settlement = _settlement;
        _batch = null;
        _settlement = default;
        if (Failure != CallFailure.None)
        {
            TaskEngineException failure = Failures.Of(this, "Recording an outcome", delivery.Consumer.Connection);
            batch.RecordEnded();
            batch.Fail(failure);
        }
        else if (_ack.ErrorCode == 0 && _ack.IsValid)
        {
            delivery.Revision = _ack.Sequence;
            delivery.Phase = DeliveryPhase.Recorded;
            batch.Recorded(slot);
        }
        else
        {
            // The caller's buffer may hold something else by now; the frame still has what it held.
            ReadOnlyMemory<byte> record = Frame.Payload[RecordStream.HeaderLength..].ToArray();
            settlement = settlement with { Outcome = TaskRecord.Read(record)?.Outcome ?? default };
            ulong token = Sends > 1 ? _token : 0;
            int errorCode = _ack.ErrorCode;
            batch.RecordEnded();
            delivery.Consumer.SettleAfterConflict(batch, slot, settlement, token, errorCode);
        }
    }
}
