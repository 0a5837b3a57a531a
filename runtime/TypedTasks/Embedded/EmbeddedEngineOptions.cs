namespace TypedTasks.Embedded;

/// <summary>The bounds of the embedded engine. Every one is a promise: the engine never holds more.</summary>
public sealed record EmbeddedEngineOptions
{
    /// <summary>
    /// How many tasks a lane holds at most, be they ready, delayed or in workers' hands. When it is full, publishing waits for <see cref="PublishTimeout"/>.
    /// Default: 1,000,000.
    /// </summary>
    public int MaxTasksPerLane { get; init; } = 1_000_000;

    /// <summary>
    /// How many dead letters a lane keeps beside its tasks. A dead letter is never dropped and settling as one is never refused: beyond this
    /// number each takes the place of a task, so that it is the producers who wait until somebody requeues or deletes. Default: 100,000.
    /// </summary>
    public int MaxDeadLettersPerLane { get; init; } = 100_000;

    /// <summary>How many lanes there may be. A task for one lane more is refused. Default: 1,024.</summary>
    public int MaxLanes { get; init; } = 1_024;

    /// <summary>The largest envelope, in bytes. Default: 1 MiB.</summary>
    public int MaxEnvelopeLength { get; init; } = 1024 * 1024;

    /// <summary>The largest outcome record and the largest value in the state store, in bytes. Default: 1 MiB.</summary>
    public int MaxOutcomeLength { get; init; } = 1024 * 1024;

    /// <summary>
    /// How many outcomes of tasks that ended are kept. Beyond it the oldest go first, before their time: a task whose outcome is gone is
    /// <see cref="TaskState.Unknown"/>. Outcomes of dead letters are kept with them and do not count. Default: 100,000.
    /// </summary>
    public int MaxOutcomes { get; init; } = 100_000;

    /// <summary>How many entries the state store holds. Creating one more fails with a <see cref="TaskEngineException"/>. Default: 1,000,000.</summary>
    public int MaxStateEntries { get; init; } = 1_000_000;

    /// <summary>How many publishers may wait at once for room in a lane; the next one is rejected at once. Default: 10,000.</summary>
    public int MaxWaitingPublishers { get; init; } = 10_000;

    /// <summary>
    /// How long publishing into a full lane waits before it fails with <see cref="TaskRejection.Full"/>. Those who wait are served in their order.
    /// Zero fails at once; <see cref="Timeout.InfiniteTimeSpan"/> waits until the caller gives up. Default: 30 seconds.
    /// </summary>
    public TimeSpan PublishTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Resumes those who wait: called outside of the engine's locks with something to execute. Null hands it to the thread pool.
    /// A simulation puts its own scheduler here and so decides who goes on, and when.
    /// </summary>
    internal Action<IThreadPoolWorkItem>? Resume { get; init; }

    /// <summary>
    /// Whether the objects of settled deliveries are used again. A fault injector, which settles a delivery twice on purpose, turns it off.
    /// </summary>
    internal bool ReuseDeliveries { get; init; } = true;

    /// <summary>Checks every option and names all that cannot be.</summary>
    /// <exception cref="TaskConfigurationException">At least one cannot be.</exception>
    internal void Validate()
    {
        List<string> mistakes = [];
        RequirePositive(MaxTasksPerLane, nameof(MaxTasksPerLane), mistakes);
        RequirePositive(MaxLanes, nameof(MaxLanes), mistakes);
        RequirePositive(MaxEnvelopeLength, nameof(MaxEnvelopeLength), mistakes);
        RequirePositive(MaxOutcomeLength, nameof(MaxOutcomeLength), mistakes);
        RequirePositive(MaxStateEntries, nameof(MaxStateEntries), mistakes);
        RequireNotNegative(MaxDeadLettersPerLane, nameof(MaxDeadLettersPerLane), mistakes);
        RequireNotNegative(MaxOutcomes, nameof(MaxOutcomes), mistakes);
        RequireNotNegative(MaxWaitingPublishers, nameof(MaxWaitingPublishers), mistakes);
        if (PublishTimeout < TimeSpan.Zero && PublishTimeout != Timeout.InfiniteTimeSpan)
        {
            mistakes.Add($"{nameof(EmbeddedEngineOptions)}.{nameof(PublishTimeout)} is {PublishTimeout}: it must not be negative, except Timeout.InfiniteTimeSpan.");
        }

        if (mistakes.Count > 0)
        {
            throw new TaskConfigurationException(string.Join(Environment.NewLine, mistakes));
        }
    }

    private static void RequirePositive(int value, string name, List<string> mistakes)
    {
        if (value <= 0)
        {
            mistakes.Add($"{nameof(EmbeddedEngineOptions)}.{name} is {value}: it must be at least 1.");
        }
    }

    private static void RequireNotNegative(int value, string name, List<string> mistakes)
    {
        if (value < 0)
        {
            mistakes.Add($"{nameof(EmbeddedEngineOptions)}.{name} is {value}: it must not be negative.");
        }
    }
}
