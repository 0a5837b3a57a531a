namespace TypedTasks.Simulation.Outlines;

/// <summary>A place of a canvas: a step, or a group and the step that joins it.</summary>
internal abstract record Part
{
    internal abstract int Steps { get; }
}

/// <summary>A step.</summary>
/// <param name="Number">Which of the scenario: what its handler finds its plan by.</param>
/// <param name="IsLinked">Whether it is given the result of what it follows.</param>
/// <param name="Plan">How its handler behaves.</param>
internal sealed record StepPart(int Number, bool IsLinked, HandlerPlan Plan) : Part
{
    internal override int Steps => 1;

    public override string ToString() => $"{Number}{(IsLinked ? " linked" : "")} {Plan.Kind}, {Plan.Work.TotalMilliseconds} ms{(Plan.Failures > 0 ? $", fails {Plan.Failures}" : "")}{(Plan.ObservesToken ? "" : ", stubborn")}{(Plan.Snoozes ? ", snoozes" : "")}";
}

/// <summary>Sequences side by side, and the step that joins them.</summary>
/// <param name="Members">The sequences.</param>
/// <param name="When">What has to have become of them.</param>
/// <param name="IsLinked">Whether each first step is given the result of what the group follows.</param>
/// <param name="Join">The step behind.</param>
internal sealed record GroupPart(IReadOnlyList<IReadOnlyList<Part>> Members, JoinOn When, bool IsLinked, StepPart Join) : Part
{
    internal override int Steps => 1 + Members.Sum(member => member.Sum(part => part.Steps));

    public override string ToString() => $"{{{string.Join(" | ", Members.Select(member => string.Join(" > ", member)))}}} {When}{(IsLinked ? " linked" : "")} > {Join}";
}

/// <summary>A canvas of a scenario: what it is built of, and how it is enqueued.</summary>
internal sealed record CanvasOutline
{
    public IReadOnlyList<Part> Parts { get; init; } = [];

    /// <summary>When it is enqueued.</summary>
    public TimeSpan At { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>The producer enqueues it a second time under the same id.</summary>
    public bool IsSentTwice { get; init; }

    /// <summary>When somebody cancels it, after <see cref="At"/>; null for never.</summary>
    public TimeSpan? CancelAt { get; init; }

    /// <summary>When its caller has no use for it any more, after <see cref="At"/>; null for never.</summary>
    public TimeSpan? Deadline { get; init; }

    internal int Steps => Parts.Sum(part => part.Steps);

    public override string ToString() => $"canvas at {At.TotalMilliseconds} ms, delay {Delay.TotalMilliseconds} ms{(IsSentTwice ? ", sent twice" : "")}, cancelled {CancelAt}, deadline {Deadline}: {string.Join(" > ", Parts)}";
}
