namespace TypedTasks.Worker;

/// <summary>How far a lane has come: what the heartbeat, the health check and recycling ask. Written under the lane's lock, read from anywhere.</summary>
internal sealed class LaneProgress(WorkerEnvironment environment, WorkerRecycling? recycling)
{
    private long _settled;
    private long _handedBack;
    private long _lastAt = environment.Time.GetTimestamp();

    /// <summary>Deliveries settled since the start.</summary>
    internal long Settled => Volatile.Read(ref _settled);

    /// <summary>Those of them that were handed back, to be delivered again uncounted.</summary>
    internal long HandedBack => Volatile.Read(ref _handedBack);

    /// <summary>How long ago the last delivery was settled, or the lane began.</summary>
    internal TimeSpan SinceLast => environment.Time.GetElapsedTime(Volatile.Read(ref _lastAt));

    /// <summary>Notes what was settled, and how many of these were handed back, and attempts: what was handed back, or put off uncounted, is progress and wears out no worker.</summary>
    internal void Add(int settled, int handedBack, int attempts)
    {
        Volatile.Write(ref _handedBack, _handedBack + handedBack);
        Volatile.Write(ref _settled, _settled + settled);
        Volatile.Write(ref _lastAt, environment.Time.GetTimestamp());
        recycling?.Count(attempts);
    }
}
