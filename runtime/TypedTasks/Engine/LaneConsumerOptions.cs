namespace TypedTasks.Engine;

/// <summary>How a lane is consumed.</summary>
public sealed record LaneConsumerOptions
{
    /// <summary>The lease of a delivery: how long the engine waits for a sign of life before it gives the task to another worker.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many deliveries the engine may fetch ahead of <see cref="ILaneConsumer.ReceiveAsync"/>; those are under lease too, so keep it small.</summary>
    public int Prefetch { get; init; }

    /// <summary>The worker's name, unique per process start; shown in administration.</summary>
    public string Worker { get; init; } = "worker";
}
