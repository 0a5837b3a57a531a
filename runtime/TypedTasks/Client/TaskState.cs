namespace TypedTasks;

/// <summary>What is known of a task.</summary>
public enum TaskState
{
    /// <summary>Nothing: the engine never saw this id, or does not keep its outcome any more.</summary>
    Unknown = 0,

    /// <summary>Accepted, and waiting for its time or for a worker.</summary>
    Queued = 1,

    /// <summary>Held by a worker under a lease.</summary>
    Running = 2,

    /// <summary>Failed at least once, and waiting for its next attempt.</summary>
    Retrying = 3,

    /// <summary>Ran to completion.</summary>
    Succeeded = 4,

    /// <summary>Failed for good, and was not kept (at most once).</summary>
    Failed = 5,

    /// <summary>Failed for good, and is kept among the dead letters.</summary>
    DeadLettered = 6,

    /// <summary>Cancelled before it completed.</summary>
    Cancelled = 7,

    /// <summary>Did not start in time.</summary>
    Expired = 8,
}
