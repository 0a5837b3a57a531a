namespace TypedTasks.Nats.JetStream;

/// <summary>What became of the orphans of a lane.</summary>
internal enum OrphanSweep
{
    /// <summary>The floor may rise over more of them.</summary>
    ToBeContinued,

    /// <summary>The floor has come so far that there can be no more.</summary>
    Done,

    /// <summary>A task is among them that has not ended: the consumer is not to be believed, and nothing more was removed.</summary>
    Contradicted,
}
