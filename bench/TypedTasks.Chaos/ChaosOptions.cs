using System.Globalization;
using TypedTasks.TestServers;

namespace TypedTasks.Chaos;

/// <summary>What a process of the program does.</summary>
internal enum ChaosRole
{
    /// <summary>Runs the whole experiment, with the others as its children.</summary>
    Chaos,
    Produce,
    Work,
    Check,
}

/// <summary>The command line. The children are given that of their parent, and what only they need.</summary>
internal sealed record ChaosOptions
{
    public static string Usage => $"""
        Breaks brokers, workers and producers while tasks run, keeps a ledger of everything, and says whether a promise was broken.

          dotnet run -c Release --project bench/TypedTasks.Chaos -- [options]

          --engine <name>       nats or redis (default); a server of its own, on a free port
          --server <release>    floor (default) or newest
          --storage <setting>   redis: always (default) or everysec; nats is files
          --experiment <name>   both (default), or one of the following
          --faults <list>       other numbers of faults: broker-kill=20,worker-kill=50
          --tasks <n>           20000
          --seed <n>            decides the faults and the tasks; drawn and printed when not given
          --workers <n>         processes; 3
          --concurrency <n>     handlers at once, in each; 8
          --callers <n>         of the producer; 32
          --window <n>          tasks between producer and handlers; 500
          --rate <n>            tasks a second at most, all of a second's at once; as fast as it goes
          --lease <seconds>     5
          --folder <path>       where the ledgers go, which must be empty; a temporary one, removed when nothing was wrong
          --json                the report as one object
          --row                 the report as a line of a table

          --role check --folder <path>    reads the ledgers of an earlier run again

        {string.Join(Environment.NewLine, Experiment.All.Select(one => $"  {one.Name,-16}{one.About}"))}
        """;

    public ChaosRole Role { get; init; }

    public string Engine { get; init; } = "redis";

    public ServerVersion Server { get; init; }

    public string Storage { get; init; } = "";

    public Experiment Experiment { get; init; } = Experiment.Named("both");

    public long Tasks { get; init; } = 20_000;

    public int Seed { get; init; } = Random.Shared.Next(1, 1_000_000);

    public int Workers { get; init; } = 3;

    public int Concurrency { get; init; } = 8;

    public int Callers { get; init; } = 32;

    public int Window { get; init; } = 500;

    /// <summary>Tasks a second at most; 0 for no limit.</summary>
    public int Rate { get; init; }

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    public string? Folder { get; init; }

    public bool IsJson { get; init; }

    public bool IsRow { get; init; }

    /// <summary>Where the engine is; said to the children.</summary>
    public string Address { get; init; } = "";

    /// <summary>How long nothing may happen before the rest counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    public Plan Plan => new(Experiment, Tasks, Seed);

    private static CommandLine<ChaosOptions> Line { get; } = new CommandLine<ChaosOptions>()
        .Choice<ChaosRole>("--role", static (run, value) => run with { Role = value })
        .Text("--engine", static (run, value) => value is "nats" or "redis"
            ? run with { Engine = value }
            : throw new BenchException($"There is no engine '{value}' here. Available: nats, redis; the embedded engine lives and dies with its process."))
        .Choice<ServerVersion>("--server", static (run, value) => run with { Server = value })
        .Text("--storage", static (run, value) => run with { Storage = value })
        .Text("--experiment", static (run, value) => run with { Experiment = Experiment.Named(value) })
        .Text("--faults", static (run, value) => run with { Experiment = run.Experiment with { Faults = Experiment.ParseFaults(value) } })
        .Number("--tasks", 1, static (run, value) => run with { Tasks = value })
        .Number("--seed", 0, static (run, value) => run with { Seed = value })
        .Number("--workers", 1, static (run, value) => run with { Workers = value })
        .Number("--concurrency", 1, static (run, value) => run with { Concurrency = value })
        .Number("--callers", 1, static (run, value) => run with { Callers = value })
        .Number("--window", 1, static (run, value) => run with { Window = value })
        .Number("--rate", 1, static (run, value) => run with { Rate = value })
        .Number("--lease", 2, static (run, value) => run with { Lease = TimeSpan.FromSeconds(value) })
        .Text("--folder", static (run, value) => run with { Folder = value.Length == 0 ? null : value })
        .Text("--address", static (run, value) => run with { Address = value })
        .Flag("--json", static run => run with { IsJson = true })
        .Flag("--row", static run => run with { IsRow = true });

    /// <summary>Null asks for <see cref="Usage"/>.</summary>
    /// <exception cref="BenchException">The command line makes no sense.</exception>
    public static ChaosOptions? Parse(IReadOnlyList<string> arguments) => Line.Read(arguments, new ChaosOptions());

    /// <summary>A command line that is read as these options.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        "--role", Role.ToString(), "--engine", Engine, "--server", Server.ToString(), "--storage", Storage, "--experiment", Experiment.Name,
        "--faults", string.Join(',', Experiment.Faults.Select(fault => $"{Experiment.NameOf(fault.Key)}={fault.Value}")),
        "--tasks", Text(Tasks), "--seed", Text(Seed), "--workers", Text(Workers), "--concurrency", Text(Concurrency), "--callers", Text(Callers),
        "--window", Text(Window), .. Rate > 0 ? ["--rate", Text(Rate)] : Array.Empty<string>(), "--lease", Text((long)Lease.TotalSeconds), "--folder", Folder ?? "", "--address", Address,
    ];

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
