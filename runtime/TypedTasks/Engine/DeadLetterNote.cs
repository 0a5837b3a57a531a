namespace TypedTasks.Engine;

/// <summary>Why a task is among the dead letters.</summary>
/// <param name="Reason">The kind of reason.</param>
/// <param name="At">When it became one.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Failure">The last failure, or null.</param>
public sealed record DeadLetterNote(DeadLetterReason Reason, DateTimeOffset At, int Attempts, TaskFailure? Failure);

/// <summary>The kinds of reasons for a dead letter. The numbers are stored: they never change.</summary>
public enum DeadLetterReason
{
    /// <summary>Every attempt failed.</summary>
    AttemptsExhausted = 1,

    /// <summary>It failed in a way that a retry cannot mend.</summary>
    NotTransient = 2,

    /// <summary>The envelope or the arguments cannot be decoded.</summary>
    Undecodable = 3,

    /// <summary>No task of this name is known to the worker of its lane.</summary>
    UnknownTask = 4,

    /// <summary>It did not start in time.</summary>
    Expired = 5,

    /// <summary>Its workers vanished while they ran it, as often as it may be tried.</summary>
    WorkerCrashed = 6,

    /// <summary>Its result cannot be recorded: too large, or not writable.</summary>
    ResultRefused = 7,

    /// <summary>It succeeded, but what follows it in its canvas cannot be enqueued: too large, or what it needs is not kept any more.</summary>
    CanvasBroken = 8,
}
