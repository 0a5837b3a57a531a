namespace TypedTasks.Engine;

/// <summary>What an engine takes at most. Known after <see cref="ITaskEngine.StartAsync"/>.</summary>
/// <param name="MaxEnvelopeLength">The largest envelope, in bytes.</param>
/// <param name="MaxOutcomeLength">The largest outcome record, in bytes.</param>
public readonly record struct EngineLimits(int MaxEnvelopeLength, int MaxOutcomeLength)
{
    /// <summary>The longest that an entry of the state store may be kept; null for any time.</summary>
    public TimeSpan? MaxTimeToLive { get; init; }

    /// <summary>As long as that, or as the engine keeps anything.</summary>
    internal TimeSpan Keep(TimeSpan wanted) => MaxTimeToLive is { } longest && longest < wanted ? longest : wanted;
}
