namespace TypedTasks.Nats.Connection;

// The clock's side of calls: deadlines, and frames that are due to be sent again. It rests while no call waits, for an idle process should cost nothing.
internal sealed partial class NatsConnection
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromMilliseconds(50);
    private readonly ITimer _sweep;
    private int _isSweeping;
    private bool _sweepRests = true;

    // Under the gate, for a call that begins to wait.
    private void WakeSweep()
    {
        if (_sweepRests && !_closing.IsCancellationRequested)
        {
            _sweepRests = false;
            _sweep.Change(SweepInterval, SweepInterval);
        }
    }

    // Answers come without a word to the sweep: it looks for itself whether any are missing.
    private void RestIfIdle()
    {
        lock (_gate)
        {
            if (_table.Count == 0 && _waiting.Count == 0 && !_sweepRests && !_closing.IsCancellationRequested)
            {
                _sweepRests = true;
                _sweep.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private void Sweep()
    {
        if (Interlocked.Exchange(ref _isSweeping, 1) == 1)
        {
            return;
        }

        try
        {
            long now = _time.GetTimestamp();
            SweepTable(now);
            SweepWaiting(now);
            RestIfIdle();
        }
        finally
        {
            Volatile.Write(ref _isSweeping, 0);
        }
    }

    private void SweepTable(long now)
    {
        bool resent = false;
        for (int i = 0; i < _table.HighWater; i++)
        {
            if (_table[i] is not { } call)
            {
                continue;
            }

            if (now >= call.Deadline)
            {
                GiveUp(call, CallFailure.TimedOut, now);
            }
            else if (now >= call.ResendAt)
            {
                resent |= TryResend(call, i);
            }
        }

        if (resent)
        {
            WakeWriter();
        }
    }

    private bool TryResend(PendingCall call, int index)
    {
        uint ticket;
        lock (_gate)
        {
            lock (call)
            {
                // The time is read anew, for the sweep may have stood still meanwhile: behind its deadline an acknowledgement could hit another worker's delivery. What may
                // not be sent again is here only if the server answered that nobody got it.
                if (!_isConnected || !call.IsActive || call.Index != index || _time.GetTimestamp() >= call.Deadline)
                {
                    return false;
                }

                if (call.MaySend)
                {
                    _table.Renew(call);
                    Append(call);
                    return true;
                }

                ticket = call.Ticket;
            }
        }

        GiveUp(call, CallFailure.ConnectionLost, ticket: ticket);
        return false;
    }

    // The queue is in order of arrival, not of deadlines, which are nearly the same order: the head is enough to look at.
    private void SweepWaiting(long now)
    {
        while (true)
        {
            WaitingCall late;
            lock (_gate)
            {
                if (!_waiting.TryPeek(out late) || (!late.IsOver && now < late.Call.Deadline))
                {
                    return;
                }

                _waiting.Dequeue();
                _waitingBytes -= late.Length;
                if (late.IsOver)
                {
                    continue;
                }
            }

            GiveUp(late.Call, CallFailure.TimedOut, now);
        }
    }
}
