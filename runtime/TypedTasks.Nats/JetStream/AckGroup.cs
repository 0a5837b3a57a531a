using TypedTasks.Engine;
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

    /// <summary>How many there are.</summary>
    public int Count => _count;

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

    /// <summary>Sends what was added.</summary>
    public void Send()
    {
        _leaseEnd = long.MaxValue;
        for (int i = 0; i < _count; i++)
        {
            NatsDelivery delivery = batch[_slots[i]];
            if (delivery.Phase != DeliveryPhase.Recorded)
            {
                _leaseEnd = Math.Min(_leaseEnd, Volatile.Read(ref delivery.LeaseEnd));
            }

            if (i == 0)
            {
                Frame.Begin();
            }
            else
            {
                Frame.BeginNext();
            }

            Frame.Append(delivery.AckSubjectBytes);
            Frame.BeginPayloadWithoutHeaders(i == _count - 1 ? consumer.Connection.ReplyLength : 0);
            Frame.Append("+ACK"u8);
            Frame.End();
        }

        Deadline = Math.Min(consumer.RequestDeadline(), _leaseEnd);
        consumer.Connection.Send(this);
    }

    /// <inheritdoc/>
    protected internal override CallVerdict OnReply(in NatsFrame frame) =>
        !frame.Headers.IsEmpty && new NatsHeaders(frame.Headers).Status == 503 ? CallVerdict.TryAgain : CallVerdict.Completed;

    /// <inheritdoc/>
    protected internal override void OnCompleted()
    {
        // With its last delivery the batch may be another settling's, and this with it.
        ReadOnlySpan<int> slots = _slots.AsSpan(0, _count);
        _count = 0;
        switch (Failure)
        {
            case CallFailure.None:
                batch.Settled(slots);
                break;
            case CallFailure.ConnectionLost or CallFailure.TimedOut when !consumer.HoldsUntil(_leaseEnd):
                foreach (int slot in slots)
                {
                    batch.AcknowledgeAlone(slot);
                }

                break;
            default:
                batch.Fail(Failures.Of(this, "Settling a task", consumer.Connection), slots.Length);
                break;
        }
    }
}
