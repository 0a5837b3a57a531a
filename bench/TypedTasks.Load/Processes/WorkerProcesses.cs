using System.Diagnostics;
using System.Globalization;
using TypedTasks.Load.Engines;
using TypedTasks.TestServers.Processes;

namespace TypedTasks.Load.Processes;

/// <summary>Workers in processes of their own, and what they have run, as the process that enqueues follows it.</summary>
internal sealed class WorkerProcesses : ILoadWorker
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private readonly List<ProgramProcess> _processes = [];
    private readonly string _path = Path.GetTempFileName();
    private readonly SharedCounts _counts;

    private WorkerProcesses(LoadOptions options) => _counts = SharedCounts.Create(_path, options.WarmUpTasks, options.Tasks, options.Callers);

    public TimeSpan ProcessorTime
    {
        get
        {
            TimeSpan sum = TimeSpan.Zero;
            foreach (ProgramProcess worker in _processes)
            {
                using var process = Process.GetProcessById(worker.Id);
                sum += process.TotalProcessorTime;
            }

            return sum;
        }
    }

    /// <summary>Starts them, and waits until all can take tasks.</summary>
    /// <exception cref="BenchException">One of them does not start.</exception>
    public static async Task<WorkerProcesses> StartAsync(LoadOptions options, LoadEngine engine)
    {
        var workers = new WorkerProcesses(options);
        for (int i = 0; i < options.Processes; i++)
        {
            workers._processes.Add(ProgramProcess.Start(typeof(WorkerProcesses).Assembly, ArgumentsOf(options, engine, workers._path)));
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (long from = Stopwatch.GetTimestamp(); workers._counts.Ready < options.Processes; await timer.WaitForNextTickAsync())
        {
            if (Stopwatch.GetElapsedTime(from) > StartLimit || workers._processes.Exists(static one => one.HasEnded))
            {
                await workers.EndAsync();
                throw new BenchException("A worker process did not start.");
            }
        }

        return workers;
    }

    /// <summary>Tells a run what its tasks have done, until all have run or nobody waits for them any more.</summary>
    public void Follow(Ledger.Run run, bool isWarmUp) => new Thread(() =>
    {
        while (!run.IsOver)
        {
            for (int caller = 0; caller < run.Callers; caller++)
            {
                run.Follow(caller, _counts.Done(isWarmUp, caller));
            }

            Thread.Sleep(1);
        }
    })
    { IsBackground = true }.Start();

    public async Task EndAsync()
    {
        foreach (ProgramProcess worker in _processes)
        {
            if (!worker.HasEnded)
            {
                await worker.StopAsync(StartLimit);
            }

            await worker.DisposeAsync();
        }

        _processes.Clear();
    }

    /// <summary>What is known when no worker runs any more.</summary>
    public void Tally(Ledger.Run run, bool isWarmUp) => run.Take(_counts.Runs(isWarmUp));

    public void Dispose()
    {
        _counts.Dispose();
        File.Delete(_path);
    }

    /// <summary>The role of the process that works, until its standard input ends.</summary>
    public static async Task WorkAsync(LoadOptions options, LoadEngine engine)
    {
        using SharedCounts counts = SharedCounts.Open(options.Work!);
        await engine.StartAsync(options);
        using var host = LoadHost.Build(engine, options, new Ledger(counts), tasks => LoadTarget.AddWorker(tasks, options));
        await host.StartAsync();
        counts.BecomeReady();
        await Task.Run(Console.In.ReadToEnd);
        await host.StopAsync();
    }

    private static List<string> ArgumentsOf(LoadOptions options, LoadEngine engine, string path)
    {
        List<string> arguments =
        [
            "--work", path, "--engine", options.Engine, "--url", engine.Address, "--concurrency", Text(options.Concurrency), "--prefetch", Text(options.Prefetch),
            "--tasks", Text(options.Tasks), "--warmup", Text(options.WarmUpTasks), "--depth", Text(options.Depth), "--payload", Text(options.Payload),
        ];
        if (options.Lanes is { } lanes)
        {
            arguments.AddRange(["--lanes", Text(lanes)]);
        }

        // The server is there already; on NATS its stream is asked for with the same settings.
        if (options is { Storage: { } storage, Engine: "nats" })
        {
            arguments.AddRange(["--storage", storage]);
        }

        return arguments;

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
