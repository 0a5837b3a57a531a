using TypedTasks.Engine;

namespace TypedTasks;

/// <summary>A task that failed for good, with all that is needed to judge it and to run it again.</summary>
/// <param name="Lane">The lane that it came from, and goes back to.</param>
/// <param name="Id">The task's id.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="At">When it became a dead letter.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record DeadLetter(Lane Lane, TaskId Id, DeadLetterReason Reason, DateTimeOffset At, int Attempts)
{
    /// <summary>The last failure, or null.</summary>
    public TaskFailure? Failure { get; init; }

    /// <summary>The task's name, such as <c>invoices.generate</c>; null where the envelope cannot be read.</summary>
    public string? TaskName { get; init; }

    /// <summary>When it was enqueued, by the producer's clock; null where the envelope cannot be read.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }

    /// <summary>The task whose handler enqueued it; empty for none.</summary>
    public TaskId Parent { get; init; }

    /// <summary>The original bytes: the whole envelope, as the producer wrote it.</summary>
    public ReadOnlyMemory<byte> Envelope { get; init; }
}

/// <summary>Which dead letters are meant: those that every given property fits. The default means all.</summary>
public readonly record struct DeadLetterFilter
{
    /// <summary>Those of this queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Those of this contract.</summary>
    public string? Contract { get; init; }

    /// <summary>Those of this task, by its whole name: <c>invoices.generate</c>.</summary>
    public string? TaskName { get; init; }

    /// <summary>Those with this reason.</summary>
    public DeadLetterReason? Reason { get; init; }

    /// <summary>Those that became dead letters at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    internal bool Takes(Lane lane) => (Queue is null || Queue == lane.Queue) && (Contract is null || Contract == lane.Contract);

    internal bool Takes(DeadLetter letter) =>
        (TaskName is null || TaskName == letter.TaskName) && (Reason is null || Reason == letter.Reason) && (Since is null || letter.At >= Since);
}
