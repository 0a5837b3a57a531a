namespace TypedTasks.Canvases;

/// <summary>What every step of a canvas carries beside its arguments, and who enqueues it.</summary>
internal sealed record CanvasCarry
{
    /// <summary>The canvas: the id of its last step, or of the group that is its end.</summary>
    internal required TaskId Canvas { get; init; }

    /// <summary>The task whose end enqueues the step; for the first ones the task whose handler enqueues the canvas, if any.</summary>
    internal TaskId Parent { get; init; }

    internal string? TraceParent { get; init; }

    internal string? TraceState { get; init; }

    /// <summary>Unix milliseconds; 0 for none.</summary>
    internal long Deadline { get; init; }

    internal IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>From when on the steps that are enqueued now may run.</summary>
    internal DateTimeOffset NotBefore { get; init; } = DateTimeOffset.MinValue;

    /// <summary>The time to start of the steps that are enqueued now, in place of their contract's.</summary>
    internal TimeSpan? ExpiresIn { get; init; }

    /// <summary>Whether a task that is held waits for the steps to be accepted.</summary>
    internal bool Follows { get; init; }

    /// <summary>Whether nobody else can enqueue under the same ids.</summary>
    internal bool IsFresh { get; init; }
}
