namespace TypedTasks;

/// <summary>Thrown by a handler: try the task again, if it has attempts left. Made by <see cref="TaskContext.RetryAfter"/>.</summary>
public sealed class RetryException(string message, TimeSpan? delay = null, Exception? innerException = null) : TaskException(message, innerException)
{
    /// <summary>How long to wait; null for the contract's back-off.</summary>
    public TimeSpan? Delay { get; } = delay;
}

/// <summary>Thrown by a handler: run the task again later, without counting this attempt. Made by <see cref="TaskContext.Snooze"/>.</summary>
public sealed class SnoozeException(TimeSpan delay) : TaskException($"The task asked to be run again in {delay}.")
{
    /// <summary>How long to wait.</summary>
    public TimeSpan Delay { get; } = delay;
}

/// <summary>Thrown by a handler: a retry cannot mend this; put the task among the dead letters at once.</summary>
public sealed class DeadLetterException(string message, Exception? innerException = null) : TaskException(message, innerException);

/// <summary>The attempt lost its lease, and the task is another worker's now; or it has ended, and its context was kept. Nothing that it does is recorded any more. Let it pass.</summary>
public sealed class LeaseLostException : TaskException
{
    /// <summary>The lease is lost.</summary>
    public LeaseLostException()
        : this("This attempt lost its lease: the task was delivered to another worker, and nothing of this attempt is recorded any more.")
    {
    }

    internal LeaseLostException(string message)
        : base(message)
    {
    }
}
