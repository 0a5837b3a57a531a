using TypedTasks.Shared;

namespace TypedTasks.Worker;

/// <summary>How long to wait before an engine that failed is asked again: from 100 ms, doubled, at most 5 s, with full jitter. Without end: a broker comes back.</summary>
internal static class EngineRetry
{
    private static readonly BackoffRange Range = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(5));

    /// <summary>Waits before the next try; returns false, at once, when <paramref name="giveUp"/> fires. Goes on on the scheduler, whatever ended the wait.</summary>
    /// <remarks>Not <c>Task.Delay</c>: that goes on on the thread pool when its token fires, whatever scheduler the worker was given.</remarks>
    internal static async ValueTask<bool> PauseAsync(int failures, WorkerEnvironment environment, CancellationToken giveUp)
    {
        var over = new WorkSignal(environment.Scheduler.Queue);
        using ITimer timer = environment.Time.CreateTimer(static state => ((WorkSignal)state!).Set(), over, Delay(failures, environment.Random), Timeout.InfiniteTimeSpan);
        using CancellationTokenRegistration givenUp = giveUp.UnsafeRegister(static state => ((WorkSignal)state!).Set(), over);
        await over.WaitAsync().ConfigureAwait(false);
        return !giveUp.IsCancellationRequested;
    }

    private static TimeSpan Delay(int failures, Random random) => Range.DelayAfter(failures, random.NextDouble());
}
