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
          --lease <seconds>     5
          --folder <path>       where the ledgers go, which must be empty; a temporary one, removed when nothing was wrong
          --json                the report as one object

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

    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(5);

    public string? Folder { get; init; }

    public bool IsJson { get; init; }

    /// <summary>Where the engine is; said to the children.</summary>
    public string Address { get; init; } = "";

    /// <summary>How long nothing may happen before the rest counts as lost.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    public Plan Plan => new(Experiment, Tasks, Seed);

    /// <summary>Null asks for <see cref="Usage"/>.</summary>
    /// <exception cref="ChaosException">The command line makes no sense.</exception>
    public static ChaosOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new ChaosOptions();
        for (int i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--help" or "-h":
                    return null;
                case "--json":
                    options = options with { IsJson = true };
                    break;
                case string name when ++i < arguments.Count:
                    options = options.With(name, arguments[i]);
                    break;
                default:
                    throw new ChaosException($"{arguments[i - 1]} needs a value. See --help.");
            }
        }

        return options;
    }

    /// <summary>A command line that is read as these options.</summary>
    public IReadOnlyList<string> ToArguments() =>
    [
        "--role", Role.ToString(), "--engine", Engine, "--server", Server.ToString(), "--storage", Storage, "--experiment", Experiment.Name,
        "--faults", string.Join(',', Experiment.Faults.Select(fault => $"{Experiment.NameOf(fault.Key)}={fault.Value}")),
        "--tasks", Text(Tasks), "--seed", Text(Seed), "--workers", Text(Workers), "--concurrency", Text(Concurrency), "--callers", Text(Callers),
        "--window", Text(Window), "--lease", Text((long)Lease.TotalSeconds), "--folder", Folder ?? "", "--address", Address,
    ];

    private ChaosOptions With(string name, string value) => name switch
    {
        "--role" => this with { Role = Name<ChaosRole>(name, value) },
        "--engine" when value is "nats" or "redis" => this with { Engine = value },
        "--engine" => throw new ChaosException($"There is no engine '{value}' here. Available: nats, redis; the embedded engine lives and dies with its process."),
        "--server" => this with { Server = Name<ServerVersion>(name, value) },
        "--storage" => this with { Storage = value },
        "--experiment" => this with { Experiment = Experiment.Named(value) },
        "--faults" => this with { Experiment = Experiment with { Faults = Experiment.ParseFaults(value) } },
        "--tasks" => this with { Tasks = Number(name, value, 1) },
        "--seed" => this with { Seed = Number(name, value, 0) },
        "--workers" => this with { Workers = Number(name, value, 1) },
        "--concurrency" => this with { Concurrency = Number(name, value, 1) },
        "--callers" => this with { Callers = Number(name, value, 1) },
        "--window" => this with { Window = Number(name, value, 1) },
        "--lease" => this with { Lease = TimeSpan.FromSeconds(Number(name, value, 2)) },
        "--folder" => this with { Folder = value.Length == 0 ? null : value },
        "--address" => this with { Address = value },
        _ => throw new ChaosException($"There is no option {name}. See --help."),
    };

    private static T Name<T>(string name, string value)
        where T : struct, Enum =>
        Enum.TryParse(value, ignoreCase: true, out T parsed) && Enum.IsDefined(parsed) ? parsed : throw new ChaosException($"{name} is '{value}'. See --help.");

    private static int Number(string name, string value, int least) =>
        int.TryParse(value, NumberStyles.Integer, CultureInfo.InvariantCulture, out int number) && number >= least
            ? number
            : throw new ChaosException($"{name} is '{value}'. It must be a number of at least {least}.");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>What the user of the program did wrong, or is missing; the message is all there is to say.</summary>
internal sealed class ChaosException(string message) : Exception(message);
