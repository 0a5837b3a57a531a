using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>Dead letters and what an operator may do.</summary>
internal sealed partial class TaskTable
{
    private readonly HashSet<string> _pausedQueues = new(StringComparer.Ordinal);
    private long _deadLetterSequence;

    /// <summary>What is known of a task, with a copy of its outcome.</summary>
    public TaskStatusReport ReportOf(TaskId id) => Find(id) is { } entry ? ReportOf(entry) : default;

    public TaskStatusReport ReportOf(TaskEntry entry) => new(entry.State, entry.Place switch
    {
        TaskPlace.Ended => entry.Envelope.ToArray(),
        TaskPlace.Dead when entry.DeadLetter!.OutcomeDue > clock.Now => entry.DeadLetter.Outcome,
        _ => ReadOnlyMemory<byte>.Empty,
    });

    /// <summary>Forgets the outcome of a task that ended; a dead letter itself stays.</summary>
    public void ForgetOutcome(TaskId id)
    {
        switch (Find(id))
        {
            case { Place: TaskPlace.Ended } entry:
                Forget(entry);
                break;
            case { Place: TaskPlace.Dead } entry:
                entry.DeadLetter!.Outcome = [];
                entry.DeadLetter.OutcomeDue = 0;
                break;
        }
    }

    public LaneStatistics StatisticsOf(EmbeddedLane lane) => new()
    {
        Ready = lane.ReadyCount,
        Delayed = lane.Delayed,
        InFlight = lane.InFlight,
        DeadLetters = lane.DeadLetters.Count,
        OldestReadyAt = lane.OldestReadySince is { } since ? clock.UtcNow - new TimeSpan(clock.Now - since) : null,
        IsPaused = lane.IsPaused,
    };

    /// <summary>The dead letters of a lane that came after the one of <paramref name="sequence"/>, at most so many. Starts at <paramref name="cursor"/> if that is still there.</summary>
    public static List<StoredDeadLetter> DeadLettersAfter(EmbeddedLane lane, int count, ref TaskEntry? cursor, ref long sequence)
    {
        bool stillThere = cursor is { Place: TaskPlace.Dead } && cursor.DeadLetter!.Sequence == sequence;
        TaskEntry? entry = stillThere ? cursor : lane.DeadLetters.First;
        List<StoredDeadLetter> page = [];
        for (; entry is not null && page.Count < count; entry = entry.Next)
        {
            if (entry.DeadLetter!.Sequence > sequence)
            {
                page.Add(new StoredDeadLetter(entry.Id, lane.Name, entry.DeadLetter.Note, entry.Envelope.ToArray()));
                cursor = entry;
                sequence = entry.DeadLetter.Sequence;
            }
        }

        return page;
    }

    public bool RequeueDeadLetter(EmbeddedLane lane, TaskId id, ref ResumeList resume)
    {
        if (FindDeadLetter(lane, id) is not { } entry)
        {
            return false;
        }

        lane.DeadLetters.Remove(entry);
        lane.Live++;
        entry.DeadLetter = null;
        entry.EndState = TaskState.Unknown;
        entry.RestartAttempts();
        lane.AddReady(entry, clock.Now);
        Wake(lane, ref resume);
        return true;
    }

    public bool DeleteDeadLetter(EmbeddedLane lane, TaskId id, ref ResumeList resume)
    {
        if (FindDeadLetter(lane, id) is not { } entry)
        {
            return false;
        }

        long now = clock.Now;
        DeadLetterRecord record = entry.DeadLetter!;
        lane.DeadLetters.Remove(entry);
        entry.DeadLetter = null;
        if (record.OutcomeDue > now && options.MaxOutcomes > 0)
        {
            // The dead letter is gone; how the task ended is still known for its time.
            entry.SetBody(record.Outcome);
            Keep(entry, now, new TimeSpan(record.OutcomeDue - now));
        }
        else
        {
            _index.Remove(id);
            Recycle(entry);
        }

        AdmitWaiting(lane, ref resume);
        return true;
    }

    /// <summary>Deletes what is ready or delayed. Who waits for one of these tasks learns that it is not known any more.</summary>
    public long Purge(EmbeddedLane lane, ref ResumeList resume)
    {
        List<TaskEntry> purged = [.. _dates.TakeAll(lane), .. _waits.TakeAll(lane)];
        lane.Delayed -= purged.Count;
        while (lane.TryTakeReady(out TaskEntry? ready))
        {
            purged.Add(ready);
        }

        foreach (TaskEntry entry in purged)
        {
            lane.Live--;
            _index.Remove(entry.Id);
            Report(entry, default, ref resume);
            Recycle(entry);
        }

        AdmitWaiting(lane, ref resume);
        return purged.Count;
    }

    public void Pause(string queue)
    {
        _pausedQueues.Add(queue);
        SetPaused(queue, paused: true);
    }

    public void Resume(string queue, ref ResumeList resume)
    {
        _pausedQueues.Remove(queue);
        foreach (EmbeddedLane lane in SetPaused(queue, paused: false))
        {
            // One for each task, as if the tasks came in now.
            for (int i = Math.Min(lane.ReadyCount, lane.WaitingConsumers.Count); i > 0; i--)
            {
                Wake(lane, ref resume);
            }
        }
    }

    /// <summary>Whether a new lane starts paused.</summary>
    public bool IsPaused(string queue) => _pausedQueues.Contains(queue);

    private List<EmbeddedLane> SetPaused(string queue, bool paused)
    {
        List<EmbeddedLane> ofQueue = [.. lanes.All.Where(lane => lane.Name.Queue == queue)];
        ofQueue.ForEach(lane => lane.IsPaused = paused);
        return ofQueue;
    }

    private TaskEntry? FindDeadLetter(EmbeddedLane lane, TaskId id) =>
        Find(id) is { Place: TaskPlace.Dead } entry && ReferenceEquals(entry.Lane, lane) ? entry : null;

    private void BecomeDeadLetter(TaskEntry entry, in Settlement settlement, long now, ref ResumeList resume)
    {
        EmbeddedLane lane = entry.Lane;
        bool kept = settlement.KeepOutcome > TimeSpan.Zero;
        entry = Detach(entry);
        lane.Live--;
        entry.Place = TaskPlace.Dead;
        entry.Since = now;
        entry.EndState = settlement.State;
        entry.DeadLetter = new DeadLetterRecord(settlement.Note!, ++_deadLetterSequence)
        {
            Outcome = kept ? settlement.Outcome.ToArray() : [],
            OutcomeDue = kept ? EngineClock.After(now, settlement.KeepOutcome) : 0,
        };
        lane.DeadLetters.AddLast(entry);
        Report(entry, new TaskStatusReport(entry.EndState, entry.DeadLetter.Outcome), ref resume);
    }
}
