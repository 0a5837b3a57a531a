using System.Diagnostics;
using TypedTasks.Load.Engines;

namespace TypedTasks.Load;

/// <summary>What this process, and the engine's servers, use while something is measured.</summary>
internal sealed class Usage
{
    private readonly LoadEngine _engine;
    private readonly ILoadWorker _worker;
    private readonly int _tasks;
    private readonly Func<long> _progress;
    private readonly Thread _watching;
    private readonly int[] _collections = new int[3];
    private readonly TimeSpan _client;
    private readonly TimeSpan _server;
    private readonly long _startedAt;
    private long _steadyBytes;
    private long _steadyFrom;
    private volatile bool _isEnded;

    private Usage(LoadEngine engine, ILoadWorker worker, int tasks, Func<long> progress)
    {
        _engine = engine;
        _worker = worker;
        _tasks = tasks;
        _progress = progress;
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        _watching = new Thread(WaitForSteadyState) { IsBackground = true };
        _watching.Start();
        for (int generation = 0; generation < _collections.Length; generation++)
        {
            _collections[generation] = GC.CollectionCount(generation);
        }

        _steadyBytes = GC.GetTotalAllocatedBytes(precise: true);
        _client = Environment.CpuUsage.TotalTime + worker.ProcessorTime;
        _server = engine.ServerTime;
        _startedAt = Stopwatch.GetTimestamp();
    }

    /// <param name="engine">Whose servers count too.</param>
    /// <param name="worker">Whose other processes count too.</param>
    /// <param name="tasks">How many there will be.</param>
    /// <param name="progress">How many there have been; asked often, so it must be cheap and allocate nothing.</param>
    public static Usage Begin(LoadEngine engine, ILoadWorker worker, int tasks, Func<long> progress) => new(engine, worker, tasks, progress);

    public LoadReport End(long endedAt)
    {
        TimeSpan client = Environment.CpuUsage.TotalTime + _worker.ProcessorTime - _client;
        TimeSpan server = _engine.ServerTime - _server;
        _isEnded = true;
        _watching.Join();
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - _steadyBytes;
        using var self = Process.GetCurrentProcess();
        return new LoadReport
        {
            Seconds = Stopwatch.GetElapsedTime(_startedAt, endedAt).TotalSeconds,
            CpuSeconds = (client + server).TotalSeconds,
            ServerSeconds = server.TotalSeconds,
            BytesPerTask = (double)bytes / Math.Max(1, _tasks - _steadyFrom),
            Collections = [.. _collections.Select((count, generation) => GC.CollectionCount(generation) - count)],
            PeakMiB = self.PeakWorkingSet64 / 1048576.0,
        };
    }

    // What callers and workers allocate once, when they start, is no task's: bytes are counted from the first tenth on.
    private void WaitForSteadyState()
    {
        while (!_isEnded)
        {
            long done = _progress();
            if (done > _tasks / 2)
            {
                // Come too late, on a machine with much else to do: then the whole run counts.
                return;
            }

            if (done >= _tasks / 10)
            {
                _steadyBytes = GC.GetTotalAllocatedBytes(precise: true);
                _steadyFrom = done;
                return;
            }

            Thread.Sleep(1);
        }
    }
}
