namespace TypedTasks;

/// <summary>What may be said of one enqueueing. The default says nothing: run as soon as a worker is free.</summary>
public readonly record struct EnqueueOptions
{
    /// <summary>
    /// The task's id, chosen by the caller to make a second try safe: the engine accepts an id once, and recognises it again. A new id when empty.
    /// </summary>
    public TaskId Id { get; init; }

    /// <summary>Runs the task no earlier than this long after its enqueueing. Not together with <see cref="NotBefore"/>.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Runs the task no earlier than this. Held by the engine, not by a worker.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The task may start within this time after its enqueueing; later it is reported as expired. Overrides the contract's.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>The idempotency key, in place of the one that the contract derives from the arguments.</summary>
    public string? Key { get; init; }

    /// <summary>Headers that travel with the task; the handler reads them from <see cref="TaskContext.Headers"/>.</summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>The caller's deadline: when it has passed, the task is not started any more, and a running attempt's token fires.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>Runs the task no earlier than <paramref name="delay"/> from now.</summary>
    public static EnqueueOptions In(TimeSpan delay) => new() { Delay = delay };

    /// <summary>Runs the task no earlier than <paramref name="notBefore"/>.</summary>
    public static EnqueueOptions At(DateTimeOffset notBefore) => new() { NotBefore = notBefore };

    /// <summary>Enqueues under an id of the caller's.</summary>
    /// <exception cref="ArgumentException">The id is empty, which would mean a new one and make a second try unsafe.</exception>
    public static EnqueueOptions WithId(TaskId id) =>
        id.IsEmpty ? throw new ArgumentException("The id is empty. Pass one of your own, or leave it to the client.", nameof(id)) : new() { Id = id };
}
