namespace TypedTasks.Simulation.Broker;

/// <summary>A task as the broker model keeps it.</summary>
internal sealed class SimTask(TaskId id, Lane lane, byte[] envelope, long notBefore)
{
    internal TaskId Id => id;

    internal Lane Lane => lane;

    internal byte[] Envelope => envelope;

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
