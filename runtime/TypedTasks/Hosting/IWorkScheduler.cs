using TypedTasks.Worker;

namespace TypedTasks;

/// <summary>Where work goes that must not run where it was found: the thread pool, or in tests a single-threaded, seeded scheduler.</summary>
internal interface IWorkScheduler
{
    /// <summary>Runs <paramref name="item"/> soon, not on the caller's stack. Allocates nothing.</summary>
    void Queue(IThreadPoolWorkItem item);

    /// <summary>The threads of a lane for handlers that compute; null where these run as all others do.</summary>
    IHandlerThreads? CreateThreads(Lane lane, int concurrency) => null;
}

/// <summary>The thread pool.</summary>
internal sealed class ThreadPoolScheduler : IWorkScheduler
{
    internal static readonly ThreadPoolScheduler Instance = new();

    public void Queue(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

    public IHandlerThreads CreateThreads(Lane lane, int concurrency) => new DedicatedThreads(lane, concurrency, this);
}
