namespace TypedTasks.Simulation.Broker;

/// <summary>A task as the broker model keeps it.</summary>
internal sealed class SimTask(TaskId id, Lane lane, byte[] envelope, long notBefore, DateTimeOffset? expires, DateTimeOffset? deadline)
{
    internal TaskId Id => id;

    internal Lane Lane => lane;

    internal byte[] Envelope => envelope;

    /// <summary>What its envelope says of when it must have started, by the clocks of producer and worker; null for never.</summary>
    internal DateTimeOffset? Expires => expires;

    /// <summary>What its envelope says of when its caller needs it no more, by those clocks; null for never.</summary>
    internal DateTimeOffset? Deadline => deadline;

    /// <summary>World ticks.</summary>
    internal long NotBefore { get; set; } = notBefore;

    /// <summary>Deliveries that count.</summary>
    internal int Attempts { get; set; }

    internal TaskState State { get; set; } = TaskState.Queued;

    /// <summary>The delivery that holds the lease, or null.</summary>
    internal SimDelivery? Holder { get; set; }

    /// <summary>World ticks.</summary>
    internal long LeaseUntil { get; set; }

    internal long Fence { get; set; }

    internal byte[] Outcome { get; set; } = [];

    internal List<TaskCompletionSource> Waiters { get; } = [];

    internal bool HasEnded => State >= TaskState.Succeeded;
}
