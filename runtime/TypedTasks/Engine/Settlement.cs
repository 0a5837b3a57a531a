namespace TypedTasks.Engine;

/// <summary>What becomes of a delivery.</summary>
public enum SettlementKind
{
    /// <summary>The task has ended: its outcome is recorded, and it leaves the lane.</summary>
    Complete = 0,

    /// <summary>The task is delivered again, after a delay.</summary>
    Retry = 1,

    /// <summary>The task is kept among the dead letters, with its envelope and a note; its outcome is recorded too.</summary>
    DeadLetter = 2,

    /// <summary>The delivery is handed back at once, as if it had never been made: the attempt does not count.</summary>
    Release = 3,
}

/// <summary>A delivery and what becomes of it.</summary>
public readonly struct Settlement
{
    /// <summary>The delivery.</summary>
    public required Delivery Delivery { get; init; }

    /// <summary>What becomes of it.</summary>
    public required SettlementKind Kind { get; init; }

    /// <summary>The task's id, under which the outcome is recorded.</summary>
    public TaskId Id { get; init; }

    /// <summary>
    /// For <see cref="SettlementKind.Retry"/>: how long the task waits, from when the engine settles it. A duration and not a time of day, so that a worker
    /// whose clock is off neither delays a task nor brings it back at once.
    /// </summary>
    public TimeSpan Delay { get; init; }

    /// <summary>For <see cref="SettlementKind.Retry"/>: whether the attempt that ended does not count (a snooze).</summary>
    public bool Uncounted { get; init; }

    /// <summary>How the task ended, for <see cref="SettlementKind.Complete"/> and <see cref="SettlementKind.DeadLetter"/>.</summary>
    public TaskState State { get; init; }

    /// <summary>The outcome record to keep; empty to keep none. The engine copies it before its method returns or first awaits.</summary>
    public ReadOnlyMemory<byte> Outcome { get; init; }

    /// <summary>How long the outcome is kept; zero to keep none.</summary>
    public TimeSpan KeepOutcome { get; init; }

    /// <summary>For <see cref="SettlementKind.DeadLetter"/>: the note that is kept beside the envelope (a <see cref="DeadLetterNote"/>).</summary>
    public DeadLetterNote? Note { get; init; }
}

/// <summary>What settling a delivery, or renewing its lease, did.</summary>
public enum SettleStatus
{
    /// <summary>Done.</summary>
    Done = 0,

    /// <summary>Nothing: the lease was lost, and the task is another worker's now.</summary>
    LeaseLost = 1,
}
