using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Deliveries: taken under a lease, renewed, settled.</summary>
internal sealed partial class TaskTable
{
    /// <summary>Gives a consumer as many ready tasks as fit, under its lease.</summary>
    public int Take(EmbeddedConsumer consumer, Span<Delivery> destination, ref ResumeList resume)
    {
        EmbeddedLane lane = consumer.EmbeddedLane;
        if (lane.IsPaused || lane.ReadyCount == 0)
        {
            return 0;
        }

        long deadline = EngineClock.After(clock.Now, consumer.Lease);
        int taken = 0;
        while (taken < destination.Length && lane.TryTakeReady(out TaskEntry? entry))
        {
            entry.BeginDelivery(consumer, ++_fence, deadline);
            entry.LeaseOrder = ++_leaseOrder;
            consumer.Leases.AddLast(entry);
            destination[taken++] = entry;
        }

        lane.InFlight += taken;
        Timer.Request(deadline);
        PassOn(lane, ref resume);
        return taken;
    }

    /// <summary>Who took what there was, or could not, wakes the next where something is left.</summary>
    public static void PassOn(EmbeddedLane lane, ref ResumeList resume)
    {
        if (lane.ReadyCount > 0)
        {
            Wake(lane, ref resume);
        }
    }

    /// <summary>Extends the lease of each delivery that is still its holder's.</summary>
    public void Renew(EmbeddedConsumer consumer, ReadOnlySpan<Delivery> deliveries, Span<SettleStatus> statuses)
    {
        long deadline = EngineClock.After(clock.Now, consumer.Lease);
        for (int i = 0; i < deliveries.Length; i++)
        {
            TaskEntry entry = (TaskEntry)deliveries[i];
            if (!Holds(consumer, entry))
            {
                statuses[i] = SettleStatus.LeaseLost;
                continue;
            }

            // Later than every other lease of this consumer, so the list stays in the order of expiry.
            entry.Due = deadline;
            entry.LeaseOrder = ++_leaseOrder;
            consumer.Leases.Remove(entry);
            consumer.Leases.AddLast(entry);
            statuses[i] = SettleStatus.Done;
        }
    }

    /// <summary>Settles deliveries, each for itself; those whose lease was lost change nothing.</summary>
    public void Settle(EmbeddedConsumer consumer, ReadOnlySpan<Settlement> settlements, Span<SettleStatus> statuses, ref ResumeList resume)
    {
        long now = clock.Now;
        for (int i = 0; i < settlements.Length; i++)
        {
            ref readonly Settlement settlement = ref settlements[i];
            TaskEntry entry = (TaskEntry)settlement.Delivery;

            // The id tells a delivery that was settled before, and whose object is another task's by now.
            if (!Holds(consumer, entry) || (settlement.Id != entry.Id && !settlement.Id.IsEmpty))
            {
                statuses[i] = SettleStatus.LeaseLost;
                continue;
            }

            EndLease(consumer, entry);
            Settle(entry, in settlement, now, ref resume);
            statuses[i] = SettleStatus.Done;
        }

        RemoveIfIdle(consumer);
        AdmitWaiting(consumer.EmbeddedLane, ref resume);
    }

    private static bool Holds(EmbeddedConsumer consumer, TaskEntry entry) =>
        entry.Place == TaskPlace.Leased && ReferenceEquals(entry.Holder, consumer);

    private static void EndLease(EmbeddedConsumer consumer, TaskEntry entry)
    {
        consumer.Leases.Remove(entry);
        entry.Lane.InFlight--;
        entry.Holder = null;
        entry.Place = TaskPlace.None;
    }

    private void Settle(TaskEntry entry, in Settlement settlement, long now, ref ResumeList resume)
    {
        switch (settlement.Kind)
        {
            case SettlementKind.Complete:
                Complete(entry, in settlement, now, ref resume);
                break;
            case SettlementKind.DeadLetter:
                BecomeDeadLetter(entry, in settlement, now, ref resume);
                break;
            case SettlementKind.Retry:
                entry = Detach(entry);
                if (settlement.Uncounted)
                {
                    entry.DiscountAttempt();
                }

                MakeReadyOrWait(entry, settlement.Delay, now, ref resume);
                break;
            default:
                entry = Detach(entry);
                entry.DiscountAttempt();
                entry.Lane.AddReturned(entry, now);
                Wake(entry.Lane, ref resume);
                break;
        }
    }

    private void Complete(TaskEntry entry, in Settlement settlement, long now, ref ResumeList resume)
    {
        entry.Lane.Live--;
        bool kept = settlement.KeepOutcome > TimeSpan.Zero && options.MaxOutcomes > 0;
        if (entry.FirstWaiter is not null)
        {
            byte[] outcome = kept ? settlement.Outcome.ToArray() : [];
            Report(entry, new TaskStatusReport(settlement.State, outcome), ref resume);
        }

        if (!kept)
        {
            _index.Remove(entry.Id);
            Recycle(entry);
            return;
        }

        entry.SetBody(settlement.Outcome.Span);
        entry.EndState = settlement.State;
        Keep(entry, now, settlement.KeepOutcome);
    }

    private void Keep(TaskEntry entry, long now, TimeSpan keep)
    {
        while (_outcomes.Count >= options.MaxOutcomes && _outcomes.Oldest() is { } oldest)
        {
            Forget(oldest);
        }

        _outcomes.Add(entry, now, keep);
        Timer.Request(entry.Retention!.NextDue);
    }

    /// <summary>The entry in which the task lives on: the same, unless the object must stay with whoever held it.</summary>
    private TaskEntry Detach(TaskEntry entry)
    {
        if (options.ReuseDeliveries)
        {
            return entry;
        }

        return Replace(entry);
    }

    /// <summary>
    /// The worker keeps the object, whose envelope it may be reading; the task goes on in another entry. So a stale worker cannot settle the next delivery.
    /// </summary>
    private TaskEntry Replace(TaskEntry entry)
    {
        TaskEntry replacement = TryRent() ?? new TaskEntry();
        replacement.TakeOver(entry);
        _index[entry.Id] = replacement;
        entry.Place = TaskPlace.Lost;
        return replacement;
    }
}
