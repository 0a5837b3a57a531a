using TypedTasks.Engine;
using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

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
        Frame.Clear();
        delivery.AppendAnswer(Frame, "+WPI"u8);
        Deadline = Math.Min(delivery.Consumer.RequestDeadline(), delivery.LeaseEnd);
        delivery.Consumer.Connection.Send(this);
        return true;
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame) =>
        frame.IsNoResponders ? CallVerdict.TryAgain : CallVerdict.Completed;

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
