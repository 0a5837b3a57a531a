namespace TypedTasks;

/// <summary>What holds where a contract says nothing. The generator writes these values into the task's descriptor.</summary>
public static class TaskDefaults
{
    /// <summary>The queue of a task that names none.</summary>
    public const string Queue = "default";

    /// <summary>Attempts before a task becomes a dead letter.</summary>
    public const int MaxAttempts = 5;

    /// <summary>The delay before a retry: exponential with full jitter, from one second to five minutes.</summary>
    public const string Backoff = "1s..5m";

    /// <summary>How long one attempt may run. Generous, but not endless: a handler that hangs for ever would hold its slot for ever.</summary>
    public const string TimeLimit = "30m";

    /// <summary>How long an outcome is kept.</summary>
    public const string KeepOutcome = "1h";

    /// <summary>The window in which an idempotency key is remembered.</summary>
    public const string IdempotencyWindow = "24h";
}
