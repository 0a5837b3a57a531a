using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos;

/// <summary>What is done to a run, and what tasks it has.</summary>
/// <param name="Name">Its name on the command line.</param>
/// <param name="About">What it is about, in a line.</param>
internal sealed record Experiment(string Name, string About)
{
    /// <summary>How many of which fault.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults { get; init; } = new Dictionary<FaultKind, int>();

    /// <summary>One task in so many kills its process; 0 for none.</summary>
    public int PoisonEvery { get; init; }

    /// <summary>One task in so many never ends; 0 for none.</summary>
    public int HangEvery { get; init; }

    /// <summary>Tasks are delayed by less than this.</summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>Whether every caller waits for the result of a task before it enqueues the next one.</summary>
    public bool Waits { get; init; }

    /// <summary>How many tasks the queue holds at most, and nothing holds the producer back but that; 0 for the engine's default.</summary>
    public int Capacity { get; init; }

    /// <summary>Whether the producer chooses the ids, so that another one can go on where it was killed.</summary>
    public bool HasOwnIds { get; init; }

    /// <summary>Whether not even a task without a key may run twice, for nothing that would excuse it is done.</summary>
    public bool AllowsNoDuplicates { get; init; }

    /// <summary>Whether the tasks are steps of canvases, <see cref="Graph.Steps"/> each.</summary>
    public bool HasGraphs { get; init; }

    /// <summary>Whether the tasks are occurrences of the workers' schedules, <see cref="Timetable.Schedules"/> of them.</summary>
    public bool HasSchedules { get; init; }

    /// <summary>Whether nothing is done to the first worker, so that its memory can be watched for the whole run.</summary>
    public bool SparesOne { get; init; }

    /// <summary>Whether the producer asks for outcomes while it goes on, some tasks later; otherwise at the end, when none may be too old.</summary>
    public bool AsksOnTheWay { get; init; }

    /// <summary>Whether the engine is reached through a proxy that breaks connections.</summary>
    public bool NeedsProxy => Faults.Keys.Any(fault => fault is FaultKind.Cut or FaultKind.HalfOpen or FaultKind.Partition or FaultKind.Slow);

    public static IReadOnlyList<Experiment> All { get; } =
    [
        new("none", "nothing is done: what the harness itself sees") { AllowsNoDuplicates = true },
        new("broker-kills", "SIGKILL of the broker right after it accepted a task, and its restart") { Faults = Of((FaultKind.BrokerKill, 20)) },
        new("settle-kills", "SIGKILL of the broker right after a task was worked at, while it is settled") { Faults = Of((FaultKind.SettleKill, 20)) },
        new("broker-restarts", "SIGTERM of the broker, and its restart") { Faults = Of((FaultKind.BrokerRestart, 20)) },
        new("worker-kills", "SIGKILL of a worker; another one takes its place") { Faults = Of((FaultKind.WorkerKill, 50)) },
        new("both", "SIGKILL of the broker and of workers") { Faults = Of((FaultKind.BrokerKill, 20), (FaultKind.WorkerKill, 50)) },
        new("pause", "SIGSTOP of a worker beyond its lease, then SIGCONT") { Faults = Of((FaultKind.WorkerPause, 10)) },
        new("rolling", "workers are told to stop, one after the other, and replaced") { Faults = Of((FaultKind.WorkerStop, 30)), AllowsNoDuplicates = true },
        new("producer-kills", "SIGKILL of the producer; the next one goes on under the same ids") { Faults = Of((FaultKind.ProducerKill, 20)), HasOwnIds = true },
        new("poison", "one task in 1,000 kills the process that runs it") { PoisonEvery = 1000 },
        new("hang", "one task in 500 never ends, whatever its token says") { HangEvery = 500 },
        new("delays", "tasks delayed by up to 20 s, SIGKILL of broker and workers") { MaxDelay = TimeSpan.FromSeconds(20), Faults = Of((FaultKind.BrokerKill, 5), (FaultKind.WorkerKill, 10)) },
        new("waiters", "every caller waits for its result while the broker is killed") { Waits = true, Faults = Of((FaultKind.BrokerKill, 10), (FaultKind.WorkerKill, 5)) },
        new("full", "a queue that holds 1,000 tasks, SIGKILL of broker and workers") { Capacity = 1000, Faults = Of((FaultKind.BrokerKill, 10), (FaultKind.WorkerKill, 20)) },
        new("cuts", "connections are cut in the middle of what they carry") { Faults = Of((FaultKind.Cut, 50)) },
        new("half-open", "connections stay open and nothing arrives") { Faults = Of((FaultKind.HalfOpen, 5)) },
        new("partition", "nothing passes for longer than a lease, and nothing is lost on the way") { Faults = Of((FaultKind.Partition, 5)) },
        new("slow", "every byte comes 100 ms late, at most a megabyte a second, 16 in a piece") { Faults = Of((FaultKind.Slow, 5)) },
        new("script-flush", "SCRIPT FLUSH under load; redis only") { Faults = Of((FaultKind.ScriptFlush, 20)), AllowsNoDuplicates = true },
        new("canvas", "graphs of 20 tasks with three joins each, SIGKILL of the broker and of workers")
        {
            HasGraphs = true,
            Faults = Of((FaultKind.BrokerKill, 10), (FaultKind.SettleKill, 10), (FaultKind.WorkerKill, 50)),
        },
        new("schedules", "occurrences of 20 schedules that every worker goes by, one a second, SIGKILL of the broker and of workers")
        {
            HasSchedules = true,
            Faults = Of((FaultKind.BrokerKill, 10), (FaultKind.SettleKill, 10), (FaultKind.WorkerKill, 50)),
        },
        new("soak", "everything that kills, pauses, stops and slows down, in one run; one worker is spared, and its memory watched")
        {
            HangEvery = 4000,
            SparesOne = true,
            AsksOnTheWay = true,
            Faults = Of((FaultKind.BrokerKill, 10), (FaultKind.BrokerRestart, 5), (FaultKind.WorkerKill, 20), (FaultKind.WorkerPause, 5), (FaultKind.WorkerStop, 10), (FaultKind.Slow, 2)),
        },
    ];

    /// <exception cref="BenchException">There is no such experiment.</exception>
    public static Experiment Named(string name) =>
        All.FirstOrDefault(one => one.Name == name) ?? throw new BenchException($"There is no experiment '{name}'. See --help.");

    /// <summary>"broker-kill=20,worker-kill=50".</summary>
    /// <exception cref="BenchException">It is not like that.</exception>
    public static IReadOnlyDictionary<FaultKind, int> ParseFaults(string text)
    {
        var faults = new Dictionary<FaultKind, int>();
        foreach (string part in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] sides = part.Split('=');
            if (sides.Length != 2
                || !Enum.TryParse(sides[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out FaultKind kind)
                || kind == FaultKind.WorkerDied
                || !int.TryParse(sides[1], out int count)
                || count < 0)
            {
                throw new BenchException($"'{part}' is no fault and its number, such as worker-kill=50. See --help.");
            }

            faults[kind] = count;
        }

        return faults;
    }

    /// <summary>"broker-kill".</summary>
    public static string NameOf(FaultKind kind) =>
        string.Concat(kind.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));

    private static Dictionary<FaultKind, int> Of(params (FaultKind Kind, int Count)[] faults) => faults.ToDictionary(fault => fault.Kind, fault => fault.Count);
}
