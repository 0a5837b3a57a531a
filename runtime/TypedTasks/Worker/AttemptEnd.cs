namespace TypedTasks.Worker;

/// <summary>Why a running attempt was told to end.</summary>
internal enum StopReason
{
    None = 0,

    /// <summary>It ran longer than the task's time limit.</summary>
    TimeLimit,

    /// <summary>The caller's deadline passed.</summary>
    Deadline,

    /// <summary>Somebody cancelled the task.</summary>
    Cancelled,

    /// <summary>The worker's grace period ended.</summary>
    Shutdown,

    /// <summary>The lease was lost.</summary>
    LeaseLost,
}

/// <summary>How an attempt ended: what the policy decides from.</summary>
/// <param name="Exception">What the handler threw, or null.</param>
/// <param name="StopReason">Why it had been told to end, if it had.</param>
internal readonly record struct AttemptEnd(Exception? Exception, StopReason StopReason)
{
    /// <summary>The attempt did not end at all: it was told to, did not within the grace period, and was given up.</summary>
    internal bool IsAbandoned { get; init; }

    /// <summary>The arguments could not be read; the handler was never called.</summary>
    internal bool IsUndecodable { get; init; }

    /// <summary>The handler ended well, but what it returned cannot be written: running it again would repeat its work for the same end.</summary>
    internal bool IsResultUnwritable { get; init; }
}
