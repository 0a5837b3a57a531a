using TypedTasks.Engine;

namespace TypedTasks.Nats.JetStream;

// Leases: as long as our own clock says they hold, less a margin for the way to the server.
internal sealed partial class LaneConsumer
{
    private long MarginTicks => (long)(Math.Clamp(_lease.TotalSeconds / 10, 0.02, 1.0) * _time.TimestampFrequency);

    /// <summary>Where a lease that begins now ends, to be on the safe side.</summary>
    public long LeaseEndFromNow() => _time.GetTimestamp() + (long)(_lease.TotalSeconds * _time.TimestampFrequency) - MarginTicks;

    /// <summary>Whether the lease surely holds.</summary>
    public bool HoldsLease(NatsDelivery delivery) => HoldsUntil(Volatile.Read(ref delivery.LeaseEnd));

    /// <summary>Whether a lease with this end surely holds.</summary>
    public bool HoldsUntil(long leaseEnd) => _time.GetTimestamp() < leaseEnd;

    /// <summary>When a request that starts now is given up.</summary>
    public long RequestDeadline() => _time.GetTimestamp() + (long)(_engine.Options.RequestTimeout.TotalSeconds * _time.TimestampFrequency);

    public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
    {
        if (statuses.Length < deliveries.Length)
        {
            throw new ArgumentException($"There is room for {statuses.Length} statuses of {deliveries.Length} deliveries.", nameof(statuses));
        }

        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromCanceled(cancellationToken);
        }

        foreach (Delivery delivery in deliveries.Span)
        {
            CheckOrigin(delivery);
        }

        SettleBatch batch = RentBatch();
        batch.Begin(deliveries.Length, statuses, isSettling: false);
        for (int i = 0; i < deliveries.Length; i++)
        {
            var delivery = (NatsDelivery)deliveries.Span[i];
            batch.Add(i, delivery);
            if (delivery.Phase != DeliveryPhase.Held || !HoldsLease(delivery))
            {
                batch.Done(i, SettleStatus.LeaseLost);
            }
            else if (!delivery.Renewal.TrySend(batch, i))
            {
                // Somebody renews it right now.
                batch.Done(i, SettleStatus.Done);
            }
        }

        return batch.Start(cancellationToken);
    }

    // A task that waits in the buffer is under lease too: it is renewed when a third of the lease is over.
    private void Tick()
    {
        long now = _time.GetTimestamp();
        long renewBefore = now + (long)(_lease.TotalSeconds * 2 / 3 * _time.TimestampFrequency) - MarginTicks;
        lock (_gate)
        {
            if (_isStopped)
            {
                return;
            }

            _window.Expire(now);
            Pull(_wanted);
            foreach (NatsDelivery waiting in _ready)
            {
                if (waiting.LeaseEnd < renewBefore)
                {
                    waiting.Renewal.TrySend(null, 0);
                }
            }

            foreach ((NatsDelivery early, _) in _early.UnorderedItems)
            {
                if (early.LeaseEnd < renewBefore)
                {
                    early.Renewal.TrySend(null, 0);
                }
            }
        }
    }
}
