namespace TypedTasks.Worker;

/// <summary>How long to wait before an engine that failed is asked again: from 100 ms, doubled, at most 5 s, with full jitter. Without end: a broker comes back.</summary>
internal static class EngineRetry
{
    private static readonly BackoffRange Range = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <summary>Waits before the next try; returns false, at once, when <paramref name="giveUp"/> fires. Goes on on the scheduler, whatever ended the wait.</summary>
    internal static ValueTask<bool> PauseAsync(int failures, WorkerEnvironment environment, CancellationToken giveUp) =>
        environment.DelayAsync(Range.DelayAfter(failures, environment.Random.NextDouble()), giveUp);
}
