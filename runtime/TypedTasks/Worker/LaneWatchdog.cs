using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>
/// Keeps the lane's leases and limits, away from every handler's thread: renews each lease when a third of it is over, tells attempts to stop at their time limit
/// or deadline, gives up those that do not, and stops attempts whose lease was lost. One timer, armed for the earliest of all these.
/// </summary>
internal sealed class LaneWatchdog : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly LaneWorker _lane;
    private readonly WorkerEnvironment _environment;
    private readonly long _lease;
    private readonly long _renewAfter;
    private readonly long _grace;
    private readonly ITimer _timer;
    private readonly HeldDelivery[] _renewing;
    private readonly Delivery[] _deliveries;
    private readonly SettleStatus[] _statuses;
    private long _armedFor = Never;
    private bool _isRenewing;

    internal LaneWatchdog(LaneWorker lane, LaneSettings settings, WorkerEnvironment environment)
    {
        _lane = lane;
        _environment = environment;
        _lease = Ticks(settings.Lease);
        _renewAfter = _lease / 3;
        _grace = Ticks(settings.CancellationGrace);
        _renewing = new HeldDelivery[settings.Window];
        _deliveries = new Delivery[settings.Window];
        _statuses = new SettleStatus[settings.Window];
        _timer = environment.Time.CreateTimer(static state => ((LaneWatchdog)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>New deliveries are in hand. Called under the lane's lock.</summary>
    internal void Arm() => Arm(_environment.Time.GetTimestamp() + _renewAfter);

    /// <summary>Watches a run: its time limit and the caller's deadline.</summary>
    internal void Watch(TaskRun run)
    {
        lock (_lane.Gate)
        {
            long now = _environment.Time.GetTimestamp();
            run.Held.Run = run;
            run.AbandonAt = Never;
            run.StopAt = Never;
            if (run.Task.TimeLimit is { } limit)
            {
                run.StopAt = After(now, limit);
                run.StopAtReason = StopReason.TimeLimit;
            }

            if (run.Envelope.Deadline is > 0 and long deadline)
            {
                TimeSpan left = DateTimeOffset.FromUnixTimeMilliseconds(deadline) - _environment.Time.GetUtcNow();
                long deadlineAt = After(now, left);
                if (deadlineAt < run.StopAt)
                {
                    run.StopAt = deadlineAt;
                    run.StopAtReason = StopReason.Deadline;
                }
            }

            Arm(run.StopAt);
            if (!run.Held.IsLost && now - run.Held.RenewedAt >= _lease)
            {
                // The process slept longer than the lease, and this is found out before the timer fires.
                run.Held.IsLost = true;
            }

            if (run.Held.IsLost)
            {
                StopRun(run, StopReason.LeaseLost);
            }
            else if (_lane.IsStoppingRuns)
            {
                StopRun(run, StopReason.Shutdown);
            }
            else if (_environment.Cancellations.Contains(run.Envelope.Id))
            {
                // Cancelled between its admission and here.
                StopRun(run, StopReason.Cancelled);
            }
        }
    }

    /// <summary>The handler has ended. Returns whether the run is still ours, rather than given up.</summary>
    internal bool Unwatch(TaskRun run)
    {
        lock (_lane.Gate)
        {
            if (run.IsAbandoned)
            {
                return false;
            }

            run.Held.Run = null;
            return true;
        }
    }

    /// <summary>Tells an attempt to stop, and starts its grace period. Called under the lane's lock.</summary>
    internal void StopRun(TaskRun run, StopReason reason)
    {
        run.Stop(reason);
        run.StopAt = Never;
        if (run.AbandonAt == Never)
        {
            run.AbandonAt = _environment.Time.GetTimestamp() + _grace;
        }

        Arm(run.AbandonAt);
    }

    public void Dispose() => _timer.Dispose();

    private void Tick()
    {
        int renewals;
        lock (_lane.Gate)
        {
            long now = _environment.Time.GetTimestamp();
            _armedFor = Never;
            renewals = _isRenewing ? 0 : TakeRenewals(now);
            WatchRuns(now);
            Arm(NextDue(now));
        }

        if (renewals > 0)
        {
            _ = RenewAsync(renewals);
        }
    }

    private int TakeRenewals(long now)
    {
        int count = 0;
        foreach (HeldDelivery held in _lane.Window.Held)
        {
            if (!held.IsBusy && !held.IsLost && now - held.RenewedAt >= _renewAfter)
            {
                held.IsBusy = true;
                _deliveries[count] = held.Delivery;
                _renewing[count++] = held;
            }
        }

        _isRenewing = count > 0;
        return count;
    }

    private void WatchRuns(long now)
    {
        // Backwards, for giving a run up may change the table behind it.
        for (int i = _lane.Window.HeldCount - 1; i >= 0; i--)
        {
            HeldDelivery held = _lane.Window.Held[i];
            if (!held.IsLost && now - held.RenewedAt >= _lease)
            {
                // No answer for a whole lease: by now the task may be another worker's.
                Lose(held);
            }

            if (held.Run is not { IsAbandoned: false } run)
            {
                continue;
            }

            if (now >= run.StopAt)
            {
                StopRun(run, run.StopAtReason);
            }

            if (now >= run.AbandonAt)
            {
                _lane.Abandon(run);
            }
        }
    }

    private long NextDue(long now)
    {
        long next = Never;
        foreach (HeldDelivery held in _lane.Window.Held)
        {
            if (!held.IsLost)
            {
                long renewAt = held.RenewedAt + _renewAfter;
                next = Math.Min(next, renewAt > now ? renewAt : held.RenewedAt + _lease);
            }

            if (held.Run is { IsAbandoned: false } run)
            {
                next = Math.Min(next, Math.Min(run.StopAt, run.AbandonAt));
            }
        }

        return next;
    }

    private async Task RenewAsync(int count)
    {
        long startedAt = _environment.Time.GetTimestamp();
        bool answered = false;
        try
        {
            await _lane.Consumer.RenewAsync(_deliveries.AsMemory(0, count), _statuses.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
            answered = true;
        }
        catch (Exception failure)
        {
            // The leases run on; the next tick tries again, and when a lease is over its attempt is stopped.
            WorkerLog.RenewFailed(_environment.Logger, _lane.Lane, count, failure);
        }

        lock (_lane.Gate)
        {
            for (int i = 0; i < count; i++)
            {
                HeldDelivery held = _renewing[i];
                held.IsBusy = false;
                if (answered && _statuses[i] == SettleStatus.Done)
                {
                    held.RenewedAt = startedAt;
                }
                else if (answered)
                {
                    Lose(held);
                }
            }

            Array.Clear(_renewing, 0, count);
            Array.Clear(_deliveries, 0, count);
            _isRenewing = false;
            _lane.Settler.Resume();
            long soon = _environment.Time.GetTimestamp() + (_renewAfter / 8);
            Arm(answered ? Math.Max(NextDue(startedAt), soon) : soon);
        }
    }

    private void Lose(HeldDelivery held)
    {
        held.IsLost = true;
        WorkerLog.LeaseLost(_environment.Logger, _lane.Lane, held.Delivery.Attempt);
        _lane.Telemetry.LeaseLost(held);
        if (held.Run is { IsAbandoned: false } run)
        {
            StopRun(run, StopReason.LeaseLost);
        }
    }

    private void Arm(long dueAt)
    {
        if (dueAt >= _armedFor)
        {
            return;
        }

        _armedFor = dueAt;
        long wait = Math.Max(0, dueAt - _environment.Time.GetTimestamp());

        // Rounded up to the timer's millisecond, so that it never fires before its time and arms itself again for nothing.
        double milliseconds = Math.Ceiling(wait * 1000.0 / _environment.Time.TimestampFrequency);
        _timer.Change(TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The timestamp so much later; never, where that is beyond what a timestamp can say.</summary>
    private long After(long now, TimeSpan duration)
    {
        long ticks = Ticks(duration);
        return ticks < Never - now ? now + ticks : Never;
    }

    private long Ticks(TimeSpan duration) => (long)(duration.TotalSeconds * _environment.Time.TimestampFrequency);
}
