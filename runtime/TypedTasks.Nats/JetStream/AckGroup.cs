using TypedTasks.Nats.Connection;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// Acknowledges several deliveries of a consumer by one write, and has only the last acknowledgement confirmed: the server takes those of a connection in their order, so that its answer
/// to the last one speaks for all. That spares the server an answer a task, which costs it about as much as a delivery.
/// </summary>
/// <remarks>
/// A change of the consumer's leader in the midst of a group can take the first ones away unseen. Those tasks come again when their leases are over: where an outcome is recorded it is found then,
/// and elsewhere a task runs twice, as after any lost acknowledgement.
/// </remarks>
internal sealed class AckGroup(LaneConsumer consumer, SettleBatch batch) : PendingCall
{
    private int[] _slots = new int[16];
    private int _count;
    private long _leaseEnd;
    private DeliveryOrigin _origin = null!;

    /// <inheritdoc/>
    public override bool MaySend => consumer.IsCurrent(_origin);

    /// <summary>It goes out again as long as none of them can hit another worker's delivery.</summary>
    public override bool MayResend => consumer.HoldsUntil(_leaseEnd);

    /// <summary>Adds a delivery.</summary>
    public void Add(int slot)
    {
        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, 2 * _count);
        }

        _slots[_count++] = slot;
    }

    /// <summary>Sends what was added, if anything was; what the server has forgotten that it delivered is settled without it.</summary>
    public void Send()
    {
        _origin = consumer.Origin;
        bool isCurrent = consumer.IsCurrent(_origin);
        int known = 0;
        for (int i = 0; i < _count; i++)
        {
            if (isCurrent && batch[_slots[i]].Origin == _origin)
            {
                Swap(known++, i);
            }
        }

        foreach (int slot in Shorten(known))
        {
            consumer.SettleForgotten(batch, slot);
        }

        if (known > 0)
        {
            SendAll();
        }
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame) => frame.IsNoResponders ? CallVerdict.TryAgain : CallVerdict.Completed;

    /// <inheritdoc/>
    protected internal override void OnCompleted()
    {
        if (Failure is (CallFailure.ConnectionLost or CallFailure.TimedOut) && !(MaySend && MayResend))
        {
            SendThoseHeld();
            return;
        }

        // With its last delivery the batch may be another settling's, and this with it.
        ReadOnlySpan<int> slots = Shorten(0);
        if (Failure == CallFailure.None)
        {
            batch.Settled(slots);
        }
        else
        {
            batch.Fail(Failures.Of(this, "Settling a task", consumer.Connection), slots.Length);
        }
    }

    private void SendAll()
    {
        _leaseEnd = long.MaxValue;
        Frame.Clear();
        for (int i = 0; i < _count; i++)
        {
            NatsDelivery delivery = batch[_slots[i]];
            _leaseEnd = Math.Min(_leaseEnd, delivery.AcknowledgeUntil);
            delivery.AppendAnswer(Frame, "+ACK"u8, isConfirmed: i == _count - 1);
        }

        Deadline = Math.Min(consumer.RequestDeadline(), _leaseEnd);
        consumer.Connection.Send(this);
        if (batch.IsCancelled)
        {
            consumer.Connection.GiveUp(this, CallFailure.Cancelled);
        }
    }

    // Those whose leases are over are lost, the others are sent again.
    private void SendThoseHeld()
    {
        int held = 0;
        for (int i = 0; i < _count; i++)
        {
            if (consumer.HoldsUntil(batch[_slots[i]].AcknowledgeUntil))
            {
                Swap(held++, i);
            }
        }

        foreach (int slot in Shorten(held))
        {
            batch.Lost(slot);
        }

        if (held > 0)
        {
            Send();
        }
    }

    private void Swap(int i, int j) => (_slots[i], _slots[j]) = (_slots[j], _slots[i]);

    // Takes out the last ones. Where none is left, the last word to the batch is the last of all.
    private ReadOnlySpan<int> Shorten(int count)
    {
        ReadOnlySpan<int> taken = _slots.AsSpan(count, _count - count);
        _count = count;
        return taken;
    }
}
