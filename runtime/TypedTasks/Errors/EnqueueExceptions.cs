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

    /// <summary>The arguments cannot be written: null where the type forbids it, or a case that its union does not name.</summary>
    Unwritable = 4,
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

/// <summary>
/// Of many calls at least one was not accepted or not confirmed, or they were not read to their end. A call whose failure is a <see cref="TaskUnconfirmedException"/> may have been accepted:
/// enqueue it again under the id that its failure names. All other failures are of calls that will not run. Those beyond <see cref="Accepted"/> and <see cref="Failures"/> were not tried:
/// the sequence of calls threw, which is then the inner exception, or the engine took no more.
/// </summary>
/// <param name="accepted">The ids of the tasks that were accepted.</param>
/// <param name="failures">What became of the others that were tried.</param>
/// <param name="failedIndexes">The place of each of these in the sequence.</param>
/// <param name="innerException">What kept the calls from being read to their end, or null.</param>
public sealed class EnqueueManyException(IReadOnlyList<TaskId> accepted, IReadOnlyList<TaskException> failures, IReadOnlyList<int> failedIndexes, Exception? innerException = null)
    : TaskException(Describe(accepted, failures, innerException), innerException ?? failures[0])
{
    /// <summary>The ids of the tasks that were accepted and will run, in the order of their calls.</summary>
    public IReadOnlyList<TaskId> Accepted { get; } = accepted;

    /// <summary>What became of the others that were tried, in the order of their calls: those of a <see cref="TaskUnconfirmedException"/> may run, the others will not.</summary>
    public IReadOnlyList<TaskException> Failures { get; } = failures;

    /// <summary>The places of the failed calls in the sequence, from 0, one for each of <see cref="Failures"/>: what to enqueue again once the cause is mended, under its failure's id where it was not confirmed.</summary>
    public IReadOnlyList<int> FailedIndexes { get; } = failedIndexes;

    private static string Describe(IReadOnlyList<TaskId> accepted, IReadOnlyList<TaskException> failures, Exception? mistake)
    {
        int tried = accepted.Count + failures.Count;
        return mistake is null
            ? Describe(failures, $"{tried} tasks")
            : $"Enqueueing was broken off after {tried} tasks: {mistake.GetType()}: {mistake.Message}{(failures.Count == 0 ? "" : " " + Describe(failures, "these"))}";
    }

    // What was refused will not run; what was not answered may.
    private static string Describe(IReadOnlyList<TaskException> failures, string all)
    {
        int unconfirmed = failures.Count(failure => failure is TaskUnconfirmedException);
        int refused = failures.Count - unconfirmed;
        string what = (refused, unconfirmed) switch
        {
            (_, 0) => $"{refused} of {all} {Were(refused)} not accepted",
            (0, _) => $"Whether {unconfirmed} of {all} {Were(unconfirmed)} accepted is not known",
            _ => $"{refused} of {all} {Were(refused)} not accepted, and whether {unconfirmed} {(unconfirmed == 1 ? "other was" : "others were")} is not known",
        };
        return $"{what}. The first: {failures[0].Message}";
    }

    private static string Were(int count) => count == 1 ? "was" : "were";
}
