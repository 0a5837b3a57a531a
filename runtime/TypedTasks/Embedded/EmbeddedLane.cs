using System.Diagnostics.CodeAnalysis;

namespace TypedTasks.Embedded;

/// <summary>What a lane holds. Guarded by the engine's lock.</summary>
internal sealed class EmbeddedLane(Lane name, int maxTasks, int maxDeadLetters)
{
    // Tasks that were delivered before and came back go first, in the order in which they came back.
    private readonly TaskList _returned = new();
    private readonly TaskList _ready = new();

    public Lane Name { get; } = name;

    public TaskList DeadLetters { get; } = new();

    public LinkedList<EmbeddedConsumer> WaitingConsumers { get; } = new();

    public LinkedList<PublishWaiter> WaitingPublishers { get; } = new();

    /// <summary>Tasks that are ready, delayed or in workers' hands.</summary>
    public int Live { get; set; }

    public int Delayed { get; set; }

    public int InFlight { get; set; }

    public bool IsPaused { get; set; }

    public int ReadyCount => _returned.Count + _ready.Count;

    /// <summary>
    /// Whether a publisher has to wait. Dead letters beyond their own room take that of tasks: they are kept, the lane is bounded, and settling always works.
    /// </summary>
    public bool IsFull => Live + Math.Max(0, DeadLetters.Count - maxDeadLetters) >= maxTasks;

    /// <summary>When the task that waits longest became ready, by the steady clock.</summary>
    public long? OldestReadySince => (_returned.First, _ready.First) switch
    {
        (null, null) => null,
        (null, { } ready) => ready.Since,
        ({ } returned, null) => returned.Since,
        ({ } returned, { } ready) => Math.Min(returned.Since, ready.Since),
    };

    public void AddReady(TaskEntry entry, long now)
    {
        entry.Place = TaskPlace.Ready;
        entry.Since = now;
        _ready.AddLast(entry);
    }

    public void AddReturned(TaskEntry entry, long now)
    {
        entry.Place = TaskPlace.Ready;
        entry.Since = now;
        _returned.AddLast(entry);
    }

    public bool TryTakeReady([NotNullWhen(true)] out TaskEntry? entry)
    {
        entry = _returned.RemoveFirst() ?? _ready.RemoveFirst();
        return entry is not null;
    }
}
