namespace TypedTasks.Engine;

/// <summary>What a lane holds.</summary>
public readonly record struct LaneStatistics
{
    /// <summary>Tasks that could be delivered now.</summary>
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

/// <summary>A dead letter as the engine keeps it.</summary>
/// <param name="Id">The task's id.</param>
/// <param name="Lane">The lane it came from.</param>
/// <param name="Note">Why it is here.</param>
/// <param name="Envelope">Its original bytes.</param>
public sealed record StoredDeadLetter(TaskId Id, Lane Lane, DeadLetterNote Note, ReadOnlyMemory<byte> Envelope);

/// <summary>Administration of an engine: for operators' tools and health checks, not for the hot path.</summary>
public interface IEngineAdministration
{
    /// <summary>The lanes that exist.</summary>
    ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken);

    /// <summary>What a lane holds.</summary>
    ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken);

    /// <summary>The dead letters of a lane, oldest first.</summary>
    /// <remarks>
    /// Each letter that is there from the first step to the last is listed once, whatever leaves meanwhile: requeueing or deleting what was listed, while the listing
    /// goes on, neither hides nor repeats others. One that comes meanwhile may be listed or not; so may one that was requeued and died again.
    /// </remarks>
    IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, CancellationToken cancellationToken);

    /// <summary>Puts a dead letter back into its lane, as a first attempt of the same id; returns whether it was there.</summary>
    ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken);

    /// <summary>Deletes a dead letter; returns whether it was there.</summary>
    ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken);

    /// <summary>Deletes the tasks of a lane that are ready or delayed, and returns how many; those in workers' hands and the dead letters stay.</summary>
    ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken);

    /// <summary>Stops deliveries of a queue, for every worker, until it is resumed; durable.</summary>
    ValueTask PauseAsync(string queue, CancellationToken cancellationToken);

    /// <summary>Resumes deliveries of a queue.</summary>
    ValueTask ResumeAsync(string queue, CancellationToken cancellationToken);
}
