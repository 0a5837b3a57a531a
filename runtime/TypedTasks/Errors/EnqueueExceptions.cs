namespace TypedTasks;

/// <summary>Why an engine refused a task.</summary>
public enum TaskRejection
{
    /// <summary>The queue is full, and stayed full for as long as the caller was ready to wait.</summary>
    Full = 0,

    /// <summary>The task is larger than the engine takes.</summary>
    TooLarge = 1,

    /// <summary>The engine may not, or cannot, take tasks for this queue: a missing permission, a missing queue.</summary>
    Refused = 2,

    /// <summary>The engine is stopped.</summary>
    Stopped = 3,
}

/// <summary>The engine did not accept the task; it will not run. Mend the cause and enqueue it again.</summary>
public sealed class TaskRejectedException(TaskId id, TaskRejection reason, string message, Exception? innerException = null)
    : TaskException(message, innerException)
{
    /// <summary>The task's id.</summary>
    public TaskId Id { get; } = id;

    /// <summary>Why it was refused.</summary>
    public TaskRejection Reason { get; } = reason;
}

/// <summary>The engine did not answer in time: the task may have been accepted. Enqueue it again under the same id, which is safe.</summary>
public sealed class TaskUnconfirmedException(TaskId id, string message, Exception? innerException = null)
    : TaskException(message, innerException)
{
    /// <summary>The task's id, to enqueue it again under.</summary>
    public TaskId Id { get; } = id;
}

/// <summary>At least one of many calls was not accepted, or not confirmed.</summary>
public sealed class EnqueueManyException(IReadOnlyList<TaskId> accepted, IReadOnlyList<TaskException> failures)
    : TaskException($"{failures.Count} of {accepted.Count + failures.Count} tasks were not accepted. The first: {failures[0].Message}", failures[0])
{
    /// <summary>The ids of the tasks that were accepted and will run.</summary>
    public IReadOnlyList<TaskId> Accepted { get; } = accepted;

    /// <summary>What became of the others.</summary>
    public IReadOnlyList<TaskException> Failures { get; } = failures;
}
