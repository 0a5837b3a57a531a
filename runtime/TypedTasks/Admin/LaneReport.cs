namespace TypedTasks;

/// <summary>What a lane holds.</summary>
/// <param name="Lane">The lane.</param>
public sealed record LaneReport(Lane Lane)
{
    /// <summary>Tasks that could run now.</summary>
    public long Ready { get; init; }

    /// <summary>Tasks that wait for their time: delayed ones and retries.</summary>
    public long Delayed { get; init; }

    /// <summary>Tasks in workers' hands.</summary>
    public long InFlight { get; init; }

    /// <summary>Dead letters.</summary>
    public long DeadLetters { get; init; }

    /// <summary>When the oldest ready task became ready, where the engine knows it.</summary>
    public DateTimeOffset? OldestReadyAt { get; init; }

    /// <summary>Whether the lane's queue is paused.</summary>
    public bool IsPaused { get; init; }
}
