using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Faults;
using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Roles;

/// <summary>The role that starts the others, breaks them, and has the ledgers checked.</summary>
internal sealed class ChaosRun(ChaosOptions options, Broker broker, Crew crew, Progress progress, MemoryWatch memory, FaultInjector faults, Action<string> tell)
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromHours(12);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(20);
    private readonly CancellationTokenSource _over = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <summary>A whole experiment.</summary>
    /// <exception cref="BenchException">It cannot be run here.</exception>
    public static async Task<ChaosReport> RunAsync(ChaosOptions options, Action<string> tell)
    {
        var watch = Stopwatch.StartNew();
        if (options.Experiment.HasGraphs && options.Tasks % Graph.Steps != 0)
        {
            throw new BenchException($"--tasks is {options.Tasks}, and a graph has {Graph.Steps}: it must be a multiple of that.");
        }

        string folder = options.Folder ?? Directory.CreateTempSubdirectory("typedtasks-chaos-").FullName;
        if (Directory.CreateDirectory(folder).EnumerateFileSystemInfos().Any())
        {
            throw new BenchException($"The folder {folder} is not empty.");
        }

        await using Broker broker = await Broker.StartAsync(options);
        options = options with { Folder = folder, Address = broker.Address };
        await File.WriteAllLinesAsync(Path.Combine(folder, "run.txt"), [broker.About, .. options.ToArguments()]);
        tell($"{options.Experiment.Name} on {options.Engine}, seed {options.Seed}, ledgers in {folder}");

        EngineState? left;
        bool hasProducerFailed;
        var memory = new MemoryWatch();
        using (var progress = new Progress(options.Plan))
        using (var ledger = new LedgerWriter(LedgerWriter.PathOf(folder, "chaos", Environment.ProcessId)))
        await using (var crew = new Crew(options, progress, memory, ledger))
        {
            var run = new ChaosRun(options, broker, crew, progress, memory, new FaultInjector(options, broker, crew, progress, ledger), tell);
            (left, hasProducerFailed) = await run.RunAsync();
        }

        Verdict verdict = Check(folder, options);
        if (hasProducerFailed)
        {
            verdict.Violate(Violation.Harness, -1);
        }

        if (left is not { Ready: 0, Delayed: 0, InFlight: 0 })
        {
            verdict.Violate(Violation.LeftOver, -1);
        }

        var report = new ChaosReport(options, broker.About, verdict) { Left = left, Memory = memory.Trends, Seconds = watch.Elapsed.TotalSeconds };
        await File.WriteAllTextAsync(Path.Combine(folder, "report.txt"), report.ToString());
        if (verdict.IsValid && folder.StartsWith(Path.Combine(Path.GetTempPath(), "typedtasks-chaos-"), StringComparison.Ordinal))
        {
            Directory.Delete(folder, recursive: true);
        }

        return report;
    }

    /// <summary>Reads the ledgers of an earlier run.</summary>
    /// <exception cref="BenchException">There are none.</exception>
    public static ChaosReport CheckAgain(ChaosOptions options)
    {
        string file = Path.Combine(options.Folder ?? "", "run.txt");
        if (!File.Exists(file))
        {
            throw new BenchException($"There is no {file}. Give the folder of an earlier run: --role check --folder <path>.");
        }

        string[] lines = File.ReadAllLines(file);
        ChaosOptions earlier = ChaosOptions.Parse(lines[1..])! with { Folder = options.Folder, IsJson = options.IsJson, IsRow = options.IsRow };
        return new ChaosReport(earlier, lines[0], Check(options.Folder!, earlier));
    }

    private static Verdict Check(string folder, ChaosOptions options) =>
        Checker.Check(LedgerFile.ReadAll(folder), new CheckRules(ChaosReport.IsLossy(options), options.Experiment.AllowsNoDuplicates));

    private async Task<(EngineState? Left, bool HasProducerFailed)> RunAsync()
    {
        crew.Start();
        Task ticking = TickAsync();
        bool isAlive;
        EngineState? left;
        try
        {
            await BreakAsync();
            isAlive = await progress.UntilAsync(() => crew.HasProducerEnded || progress.Silence > options.Patience, LongestRun, Wait) && crew.HasProducerEnded;
            left = await DrainAsync();
        }
        finally
        {
            // Whatever went wrong: nobody replaces workers that are ended.
            await _over.CancelAsync();
            await ticking;
        }

        if (isAlive)
        {
            await crew.StopWorkersAsync();
        }

        return (left, !isAlive || crew.ProducerExitCode != 0);
    }

    /// <summary>What goes on beside the faults: reading the ledgers, letting the producer go on, replacing workers.</summary>
    private async Task TickAsync()
    {
        long told = Environment.TickCount64;
        using var timer = new PeriodicTimer(Tick);
        while (!_over.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            progress.Read();
            crew.Allow(Allowed(_watch.Elapsed));
            crew.Supervise();
            memory.Look();
            if (Environment.TickCount64 - told > 10_000)
            {
                told = Environment.TickCount64;
                tell($"accepted {progress.Accepted:N0}, worked at {progress.Worked:N0} of {options.Tasks:N0}; workers that died by themselves {crew.Died}");
            }
        }
    }

    /// <summary>How many tasks may have been enqueued by now.</summary>
    private long Allowed(TimeSpan elapsed)
    {
        if (options.Experiment.HasSchedules)
        {
            return progress.Worked;
        }

        bool isHeldBack = options.Experiment is { Capacity: 0, MaxDelay.Ticks: 0 };
        long byWindow = isHeldBack ? progress.Worked + options.Window : options.Tasks;

        // Second by second, all of them at once: a few at a time would cost the machine more than the tasks themselves, by what has to wake up for each.
        long byRate = options.Rate > 0 ? options.Rate * (1 + (long)elapsed.TotalSeconds) : options.Tasks;
        return Math.Min(options.Tasks, Math.Min(byWindow, byRate));
    }

    private async Task BreakAsync()
    {
        var random = new Random(options.Seed);
        foreach ((long at, FaultKind kind) in FaultInjector.Schedule(options.Experiment, options.Tasks, random))
        {
            await progress.UntilAsync(() => progress.Worked >= at || progress.Silence > options.Patience, LongestRun, Wait);
            if (progress.Silence > options.Patience)
            {
                return;
            }

            await faults.InjectAsync(kind, random);
        }
    }

    /// <summary>Waits until the engine holds nothing more: what runs a second time late is still seen. Looks on by the broker's own door.</summary>
    private async Task<EngineState?> DrainAsync()
    {
        using IHost host = EngineChoice.BuildHost(options with { Address = broker.DirectAddress }, "look", _ => { });
        ITaskAdmin admin = host.Services.GetRequiredService<ITaskAdmin>();
        EngineState? state = null;
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(250));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < (4 * options.Lease) + TimeSpan.FromSeconds(30); await timer.WaitForNextTickAsync())
        {
            try
            {
                state = await LookAsync(admin);
                if (state is { Ready: 0, Delayed: 0, InFlight: 0 })
                {
                    return state;
                }
            }
            catch (TaskEngineException failure)
            {
                tell(failure.Message);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(options.Folder!, "left.txt"), await broker.DescribeAsync());
        return state;
    }

    private static async Task<EngineState> LookAsync(ITaskAdmin admin)
    {
        var sum = new EngineState(0, 0, 0, 0);
        await foreach (LaneReport lane in admin.ListLanesAsync())
        {
            sum = new EngineState(sum.Ready + lane.Ready, sum.Delayed + lane.Delayed, sum.InFlight + lane.InFlight, sum.DeadLetters + lane.DeadLetters);
        }

        return sum;
    }
}
