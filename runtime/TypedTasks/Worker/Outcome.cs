using TypedTasks.Engine;

namespace TypedTasks.Worker;

/// <summary>The closed set of what an attempt can come to.</summary>
internal enum OutcomeKind
{
    /// <summary>The task succeeded.</summary>
    Completed,

    /// <summary>It is tried again; the attempt counts.</summary>
    Retry,

    /// <summary>It is run again later; the attempt does not count.</summary>
    Snoozed,

    /// <summary>It is kept among the dead letters.</summary>
    DeadLettered,

    /// <summary>It failed for good and is not kept.</summary>
    Failed,

    /// <summary>It was cancelled.</summary>
    Cancelled,

    /// <summary>It is handed back at once: the worker stops.</summary>
    Released,

    /// <summary>The lease was lost: whatever happened, nothing is written.</summary>
    Lost,
}

/// <summary>What an attempt came to, as decided by <see cref="OutcomePolicy"/>.</summary>
internal readonly record struct Outcome(OutcomeKind Kind)
{
    /// <summary>For <see cref="OutcomeKind.Retry"/> and <see cref="OutcomeKind.Snoozed"/>: how long to wait.</summary>
    internal TimeSpan Delay { get; init; }

    /// <summary>For <see cref="OutcomeKind.DeadLettered"/>.</summary>
    internal DeadLetterReason Reason { get; init; }

    /// <summary>The failure that led here, if any.</summary>
    internal TaskFailure? Failure { get; init; }

    /// <summary>What the handler threw, for the log of this process; null where it threw nothing, or on purpose.</summary>
    internal Exception? Thrown { get; init; }
}
