using System.Runtime.InteropServices;
using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>
/// All tasks of an engine and every change that can happen to them, without threads and without I/O: calls in, decisions out, those to be resumed
/// collected in a list. Guarded by the engine's lock, which each method expects to be held.
/// </summary>
internal sealed partial class TaskTable(EmbeddedEngineOptions options, EngineClock clock, LaneMap lanes)
{
    /// <summary>Enough for the swing of a busy engine; what is beyond is left to the garbage collector.</summary>
    private const int PooledEntries = 65_536;

    private readonly Dictionary<TaskId, TaskEntry> _index = [];
    private readonly BoundedPool<TaskEntry> _pool = new(PooledEntries);

    // A publisher gives a date, which is the calendar's; a retry waits for a time, which is the steady clock's, whatever somebody sets the calendar to.
    private readonly DelayHeap _dates = new();
    private readonly DelayHeap _waits = new();
    private readonly KeptOutcomes _outcomes = new();
    private readonly List<EmbeddedConsumer> _consumers = [];
    private long _fence;
    private long _leaseOrder;
    private int _waitingPublishers;

    /// <summary>Told of every time at which something becomes due.</summary>
    public required EngineTimer Timer { get; init; }

    /// <summary>Set once the engine is stopped; nothing changes any more.</summary>
    public bool IsStopped { get; private set; }

    /// <summary>Whether one more publisher may wait.</summary>
    public bool MayWait => _waitingPublishers < options.MaxWaitingPublishers;

    /// <summary>A task written by <paramref name="now"/> is accepted, recognised, or (null) finds its lane full; one that follows another does not ask for room.</summary>
    public PublishStatus? Publish(TaskEntry entry, bool follows, long now, ref ResumeList resume)
    {
        EmbeddedLane lane = entry.Lane;
        if (lane.IsFull && !follows)
        {
            return Find(entry.Id, now) is null ? null : PublishStatus.Duplicate;
        }

        ref TaskEntry? slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, entry.Id, out bool exists);
        if (exists)
        {
            if (!HasLapsed(slot!, now))
            {
                return PublishStatus.Duplicate;
            }

            _outcomes.Remove(slot!);
            Recycle(slot!);
        }

        slot = entry;
        Admit(entry, now, ref resume);
        return PublishStatus.Accepted;
    }

    /// <summary>A publisher waits for room.</summary>
    public void WaitForRoom(PublishWaiter waiter, TaskEntry entry, CancellationToken cancellationToken)
    {
        long due = options.PublishTimeout == Timeout.InfiniteTimeSpan ? long.MaxValue : EngineClock.After(clock.Now, options.PublishTimeout);
        waiter.Begin(entry, due, cancellationToken);
        entry.Lane.WaitingPublishers.AddLast(waiter.Node);
        _waitingPublishers++;
        Timer.Request(due);
    }

    /// <summary>A publisher does not wait any more.</summary>
    public void EndWaitForRoom(PublishWaiter waiter)
    {
        waiter.Entry!.Lane.WaitingPublishers.Remove(waiter.Node);
        _waitingPublishers--;
    }

    /// <summary>The task of this id, if it is known and its outcome's time is not over.</summary>
    public TaskEntry? Find(TaskId id) => Find(id, clock.Now);

    /// <summary>An entry for the next task, or null when a new one has to be made.</summary>
    public TaskEntry? TryRent() => _pool.TryTake(out TaskEntry? entry) ? entry : null;

    public void Add(EmbeddedConsumer consumer) => _consumers.Add(consumer);

    /// <summary>Forgets a consumer that takes nothing any more and holds nothing.</summary>
    public void RemoveIfIdle(EmbeddedConsumer consumer)
    {
        if (consumer.IsStopped && consumer.Leases.Count == 0)
        {
            _consumers.Remove(consumer);
        }
    }

    /// <summary>Ends everything: nobody waits any more, and nothing changes any more.</summary>
    public void Stop(ref ResumeList resume)
    {
        IsStopped = true;
        foreach (EmbeddedConsumer consumer in _consumers)
        {
            consumer.Stop(ref resume);
        }

        foreach (EmbeddedLane lane in lanes.All)
        {
            while (lane.WaitingPublishers.First is { Value: { } waiter })
            {
                TaskId id = waiter.Entry!.Id;
                EndWaitForRoom(waiter);
                waiter.Fail(new TaskRejectedException(id, TaskRejection.Stopped, $"The task {id} was not accepted: the embedded engine is stopped."));
                resume.Add(waiter);
            }
        }

        foreach (TaskEntry entry in _index.Values)
        {
            while (entry.FirstWaiter is { } waiter)
            {
                waiter.Fail(EmbeddedEngine.StoppedFailure());
                resume.Add(waiter);
            }
        }
    }

    private static bool HasLapsed(TaskEntry entry, long now) => entry.Place == TaskPlace.Ended && entry.Due <= now;

    private TaskEntry? Find(TaskId id, long now)
    {
        if (!_index.TryGetValue(id, out TaskEntry? entry))
        {
            return null;
        }

        if (HasLapsed(entry, now))
        {
            Forget(entry);
            return null;
        }

        return entry;
    }

    /// <summary>A task that is in the index comes into its lane.</summary>
    private void Admit(TaskEntry entry, long now, ref ResumeList resume)
    {
        entry.Lane.Live++;
        MakeReadyOrDelay(entry, entry.NotBefore, now, ref resume);
    }

    private void MakeReadyOrDelay(TaskEntry entry, long notBefore, long now, ref ResumeList resume)
    {
        if (notBefore <= 0 || notBefore <= clock.UtcNow.UtcTicks)
        {
            MakeReady(entry, now, ref resume);
            return;
        }

        Delay(entry, _dates, notBefore, now);
        if (_dates.NextDue == notBefore)
        {
            RequestNextDate(now);
        }
    }

    private void MakeReadyOrWait(TaskEntry entry, TimeSpan wait, long now, ref ResumeList resume)
    {
        if (wait <= TimeSpan.Zero)
        {
            MakeReady(entry, now, ref resume);
            return;
        }

        long due = EngineClock.After(now, wait);
        Delay(entry, _waits, due, now);
        Timer.Request(due);
    }

    private static void Delay(TaskEntry entry, DelayHeap heap, long due, long now)
    {
        entry.Place = TaskPlace.Delayed;
        entry.Since = now;
        entry.Lane.Delayed++;
        heap.Add(entry, due);
    }

    private static void MakeReady(TaskEntry entry, long now, ref ResumeList resume)
    {
        entry.Lane.AddReady(entry, now);
        Wake(entry.Lane, ref resume);
    }

    /// <summary>There is something in the lane: one who waits for it goes on.</summary>
    private static void Wake(EmbeddedLane lane, ref ResumeList resume)
    {
        if (lane.WaitingConsumers.First is { } node && !lane.IsPaused)
        {
            lane.WaitingConsumers.Remove(node);
            resume.Add(node.Value);
        }
    }

    /// <summary>There is room in the lane: those who wait for it come in, in their order.</summary>
    private void AdmitWaiting(EmbeddedLane lane, ref ResumeList resume)
    {
        while (lane.WaitingPublishers.First is { Value: { } waiter } && !lane.IsFull)
        {
            TaskEntry entry = waiter.Entry!;
            EndWaitForRoom(waiter);
            long now = clock.Now;
            if (Find(entry.Id, now) is null)
            {
                _index.Add(entry.Id, entry);
                waiter.Succeed(PublishStatus.Accepted);
                Admit(entry, now, ref resume);
            }
            else
            {
                waiter.Succeed(PublishStatus.Duplicate);
                Recycle(entry);
            }

            resume.Add(waiter);
        }
    }

    /// <summary>An entry that nobody holds leaves the table.</summary>
    private void Recycle(TaskEntry entry)
    {
        entry.Clear();
        if (options.ReuseDeliveries)
        {
            _pool.Return(entry);
        }
    }

    /// <summary>The outcome of a task that ended is not kept any more.</summary>
    private void Forget(TaskEntry entry)
    {
        _outcomes.Remove(entry);
        _index.Remove(entry.Id);
        Recycle(entry);
    }

    /// <summary>Those who wait for a task get what it became.</summary>
    private static void Report(TaskEntry entry, TaskStatusReport report, ref ResumeList resume)
    {
        while (entry.FirstWaiter is { } waiter)
        {
            waiter.Succeed(report);
            resume.Add(waiter);
        }
    }
}
