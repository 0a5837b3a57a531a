namespace TypedTasks.Embedded;

/// <summary>What happens because time passes.</summary>
internal sealed partial class TaskTable
{
    /// <summary>How much is done under the lock before others get a turn.</summary>
    private const int SweepSize = 1_024;

    // A date is compared with the calendar, which somebody may set: it is looked at again at least this often.
    private static readonly long LongestDateWait = TimeSpan.FromMinutes(1).Ticks;

    /// <summary>Does what is due, up to a bound; returns whether there is more to do at once.</summary>
    public bool Sweep(ref ResumeList resume)
    {
        if (IsStopped)
        {
            return false;
        }

        long now = clock.Now;
        bool more = Release(_dates, clock.UtcNow.UtcTicks, now, ref resume) | Release(_waits, now, now, ref resume)
            | ExpireLeases(now, ref resume) | RejectWaiting(now, ref resume) | ForgetOutcomes(now);
        if (!more)
        {
            RequestNext(now);
        }

        return more;
    }

    private static bool Release(DelayHeap heap, long until, long now, ref ResumeList resume)
    {
        for (int i = 0; i < SweepSize; i++)
        {
            if (heap.TakeDue(until) is not { } entry)
            {
                return false;
            }

            entry.Lane.Delayed--;
            MakeReady(entry, now, ref resume);
        }

        return true;
    }

    private bool ExpireLeases(long now, ref ResumeList resume)
    {
        for (int i = 0; i < SweepSize; i++)
        {
            if (NextLease() is not { } entry || entry.Due > now)
            {
                return false;
            }

            EmbeddedConsumer holder = entry.Holder!;
            EndLease(holder, entry);
            TaskEntry task = Replace(entry);
            task.Lane.AddReturned(task, now);
            Wake(task.Lane, ref resume);
            RemoveIfIdle(holder);
        }

        return true;
    }

    private bool RejectWaiting(long now, ref ResumeList resume)
    {
        foreach (EmbeddedLane lane in lanes.All)
        {
            while (lane.WaitingPublishers.First is { Value: { } waiter } && waiter.Due <= now)
            {
                TaskEntry entry = waiter.Entry!;
                EndWaitForRoom(waiter);
                waiter.Fail(EmbeddedEngine.FullFailure(entry.Id, lane.Name, options));
                Recycle(entry);
                resume.Add(waiter);
            }
        }

        return false;
    }

    private bool ForgetOutcomes(long now)
    {
        for (int i = 0; i < SweepSize; i++)
        {
            if (_outcomes.FirstDue(now) is not { } entry)
            {
                return false;
            }

            Forget(entry);
        }

        return true;
    }

    /// <summary>The delivery whose lease ends next. Each consumer's are in order, so only the first of each is compared.</summary>
    private TaskEntry? NextLease()
    {
        TaskEntry? next = null;
        foreach (EmbeddedConsumer consumer in _consumers)
        {
            if (consumer.Leases.First is { } first && (next is null || first.Due < next.Due || (first.Due == next.Due && first.LeaseOrder < next.LeaseOrder)))
            {
                next = first;
            }
        }

        return next;
    }

    private void RequestNext(long now)
    {
        RequestNextDate(now);
        Timer.Request(_waits.NextDue);
        Timer.Request(NextLease()?.Due ?? long.MaxValue);
        Timer.Request(_outcomes.NextDue);
        foreach (EmbeddedLane lane in lanes.All)
        {
            Timer.Request(lane.WaitingPublishers.First?.Value.Due ?? long.MaxValue);
        }
    }

    private void RequestNextDate(long now)
    {
        long due = _dates.NextDue;
        if (due != long.MaxValue)
        {
            Timer.Request(now + Math.Min(due - clock.UtcNow.UtcTicks, LongestDateWait));
        }
    }
}
