namespace TypedTasks.Embedded;

/// <summary>The tasks that wait for a time of one clock, the next one on top; among equal times, in the order in which they came.</summary>
internal sealed class DelayHeap
{
    private readonly PriorityQueue<TaskEntry, (long Due, long Sequence)> _heap = new();
    private long _sequence;

    /// <summary>The time of the next one, in ticks; <see cref="long.MaxValue"/> where there is none.</summary>
    public long NextDue => _heap.TryPeek(out _, out (long Due, long Sequence) key) ? key.Due : long.MaxValue;

    public void Add(TaskEntry entry, long due) => _heap.Enqueue(entry, (due, ++_sequence));

    /// <summary>Takes the next one whose time has come.</summary>
    public TaskEntry? TakeDue(long now) => NextDue <= now ? _heap.Dequeue() : null;

    /// <summary>Takes all of a lane, in their order.</summary>
    public List<TaskEntry> TakeAll(EmbeddedLane lane)
    {
        List<TaskEntry> taken = [];
        List<(TaskEntry Entry, (long Due, long Sequence) Key)> others = new(_heap.Count);
        while (_heap.TryDequeue(out TaskEntry? entry, out (long Due, long Sequence) key))
        {
            if (ReferenceEquals(entry.Lane, lane))
            {
                taken.Add(entry);
            }
            else
            {
                others.Add((entry, key));
            }
        }

        _heap.EnqueueRange(others);
        return taken;
    }
}
