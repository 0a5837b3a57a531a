namespace TypedTasks;

/// <summary>A task ended without a result: it failed for good, was cancelled, or expired. What happened remotely is here as data; no remote type is loaded.</summary>
public sealed class TaskFailedException(TaskId id, string taskName, TaskState state, TaskFailure? failure, string message)
    : TaskException(message)
{
    /// <summary>The task's id.</summary>
    public TaskId Id { get; } = id;

    /// <summary>The task's name, such as <c>invoices.generate</c>; empty where it is not known.</summary>
    public string TaskName { get; } = taskName;

    /// <summary>How the task ended.</summary>
    public TaskState State { get; } = state;

    /// <summary>The failure of the last attempt, or null where the task ended without one.</summary>
    public TaskFailure? Failure { get; } = failure;

    /// <summary>The exception as text: where it was thrown here, and then where the last attempt failed in its worker.</summary>
    public override string ToString() => Failure?.StackTrace is { } remote
        ? $"{base.ToString()}{Environment.NewLine}   --- In the worker: {Failure.Type} ---{Environment.NewLine}{remote}"
        : base.ToString();
}

/// <summary>The task has not ended within the time that the caller was ready to wait. It goes on; wait again with the same handle.</summary>
public sealed class TaskWaitTimeoutException(TaskId id, TimeSpan waited)
    : TaskException($"The task {id} has not ended within {waited}. It goes on; wait again with the same handle, or cancel it.")
{
    /// <summary>The task's id.</summary>
    public TaskId Id { get; } = id;
}

/// <summary>The outcome of a task cannot be had: it is not kept, or not any more, or this program's contract cannot read it. Progress that cannot be read is told by the same.</summary>
public sealed class TaskOutcomeUnavailableException(TaskId id, string message, Exception? innerException = null) : TaskException(message, innerException)
{
    /// <summary>The task's id.</summary>
    public TaskId Id { get; } = id;
}
