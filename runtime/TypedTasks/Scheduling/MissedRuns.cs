namespace TypedTasks;

/// <summary>What becomes of the occurrences of a schedule that came while no process was there to enqueue them.</summary>
public enum MissedRuns
{
    /// <summary>The latest of them is enqueued as soon as a process is there again; those before it are passed over.</summary>
    Latest = 0,

    /// <summary>Each is enqueued, the oldest first.</summary>
    Each = 1,

    /// <summary>They are passed over, but for one that is less than a minute late.</summary>
    Skip = 2,
}
