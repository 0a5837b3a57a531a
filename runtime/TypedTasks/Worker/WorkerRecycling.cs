namespace TypedTasks.Worker;

/// <summary>
/// Decides when a worker has done enough, or grown too large, to go on: after a number of tasks, at once; at a memory limit, looked at from time to time.
/// Says so once, on the scheduler.
/// </summary>
internal sealed class WorkerRecycling : IThreadPoolWorkItem, IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly WorkerOptions _options;
    private readonly IWorkScheduler _scheduler;
    private readonly ProcessMemory _memory;
    private readonly Action<string> _recycle;
    private readonly ITimer? _timer;
    private string _reason = string.Empty;
    private long _attempts;
    private int _isDue;

    private WorkerRecycling(WorkerOptions options, WorkerEnvironment environment, ProcessMemory memory, Action<string> recycle)
    {
        _options = options;
        _scheduler = environment.Scheduler;
        _memory = memory;
        _recycle = recycle;
        _timer = options.RecycleAtMemory == 0
            ? null
            : environment.Time.CreateTimer(static state => ((WorkerRecycling)state!).Look(), this, LookEvery, LookEvery);
    }

    /// <param name="options">The worker's options.</param>
    /// <param name="environment">Time and threads.</param>
    /// <param name="memory">The process's memory.</param>
    /// <param name="recycle">Called once, with the reason.</param>
    /// <returns>Null for a worker that is not recycled.</returns>
    internal static WorkerRecycling? Create(WorkerOptions options, WorkerEnvironment environment, ProcessMemory memory, Action<string> recycle) =>
        (options.RecycleAfterTasks | options.RecycleAtMemory) == 0 ? null : new WorkerRecycling(options, environment, memory, recycle);

    /// <summary>Counts settled attempts of one of the worker's lanes.</summary>
    internal void Count(int attempts)
    {
        long all = Interlocked.Add(ref _attempts, attempts);
        if (_options.RecycleAfterTasks > 0 && all >= _options.RecycleAfterTasks)
        {
            Recycle($"{all:N0} tasks are done, and WorkerOptions.RecycleAfterTasks is {_options.RecycleAfterTasks:N0}");
        }
    }

    public void Dispose() => _timer?.Dispose();

    void IThreadPoolWorkItem.Execute() => _recycle(_reason);

    private void Look()
    {
        long used = _memory.Used;
        if (used >= _options.RecycleAtMemory)
        {
            Recycle($"the process uses {used:N0} bytes, and WorkerOptions.RecycleAtMemory is {_options.RecycleAtMemory:N0}");
        }
    }

    private void Recycle(string reason)
    {
        if (Interlocked.Exchange(ref _isDue, 1) == 0)
        {
            _reason = reason;
            _scheduler.Queue(this);
        }
    }
}
