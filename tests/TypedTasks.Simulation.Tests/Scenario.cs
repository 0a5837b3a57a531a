using TypedTasks.Simulation.Outlines;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>How one task is enqueued and how its handler behaves.</summary>
internal sealed record HandlerPlan
{
    public TaskKind Kind { get; init; }

    public int Key { get; init; }

    /// <summary>How many bytes the result of a <see cref="TaskKind.Large"/> task has.</summary>
    public int ResultSize { get; init; }

    /// <summary>When it is enqueued.</summary>
    public TimeSpan At { get; init; }

    public TimeSpan Delay { get; init; }

    /// <summary>How long its handler takes.</summary>
    public TimeSpan Work { get; init; }

    /// <summary>How many of its attempts fail.</summary>
    public int Failures { get; init; }

    public bool ObservesToken { get; init; }

    public bool Journals { get; init; }

    public bool Snoozes { get; init; }

    /// <summary>How often its handler reports progress; whoever enqueued it watches then.</summary>
    public int Reports { get; init; }

    /// <summary>The producer enqueues it a second time under the same id.</summary>
    public bool IsSentTwice { get; init; }

    /// <summary>When somebody cancels it, if anybody does.</summary>
    public TimeSpan? CancelAt { get; init; }

    /// <summary>How long after it may start it still may, if that is limited.</summary>
    public TimeSpan? ExpiresIn { get; init; }

    /// <summary>When its caller has no use for it any more, after <see cref="At"/>; null for never.</summary>
    public TimeSpan? Deadline { get; init; }

    internal DateTimeOffset? DeadlineAt => SimWorld.Epoch + At + Deadline;
}

internal enum TaskKind
{
    Plain,
    Keyed,
    AtMostOnce,
    Large,
    Dedicated,
}

/// <summary>The store for outcomes that are too large for the broker.</summary>
internal enum LargeStore
{
    None,
    Steady,

    /// <summary>Now and then it refuses, as one that is full.</summary>
    Unsteady,
}

/// <summary>What befalls a worker or the broker.</summary>
internal sealed record Misfortune(MisfortuneKind Kind, TimeSpan At, int Worker, TimeSpan For);

internal enum MisfortuneKind
{
    WorkerCrash,
    WorkerPause,
    WorkerStop,
    BrokerDeath,
}

/// <summary>
/// What a seed stands for: the tasks, the workers, the weather and the misfortunes. A value, so that a failing one can be made smaller
/// part by part and run again.
/// </summary>
internal sealed record Scenario
{
    public int Seed { get; init; }

    public IReadOnlyList<HandlerPlan> Tasks { get; init; } = [];

    public IReadOnlyList<CanvasOutline> Canvases { get; init; } = [];

    public IReadOnlyList<Misfortune> Misfortunes { get; init; } = [];

    public int Workers { get; init; } = 1;

    public Weather Weather { get; init; } = Weather.Fair;

    public int Capacity { get; init; } = int.MaxValue;

    /// <summary>
    /// How often the broker is full of others' tasks, until these have passed. A step is enqueued while the one before it is not settled, so a broker that is full of a canvas's own steps would be full for
    /// ever: that is not what is drawn for canvases.
    /// </summary>
    public double Crowd { get; init; }

    public TimeSpan ClockSkew { get; init; }

    public LargeStore LargeStore { get; init; }

    /// <summary>After how many tasks a worker recycles itself; 0 for never.</summary>
    public int RecycleAfter { get; init; }

    /// <summary>How long settlements that nobody waits for gather.</summary>
    public TimeSpan SettlePause { get; init; }

    // A canvas is as much to simulate as all the tasks of other seeds together.
    private const int CanvasEvery = 16;

    private const int StepsPerCanvas = 100;

    /// <summary>The scenario of a seed.</summary>
    internal static Scenario Of(int seed)
    {
        var random = new Random(seed);
        int workers = 1 + random.Next(3);
        int tasks = 1 + random.Next(6);
        bool stormy = random.Next(2) == 0;
        var scenario = new Scenario
        {
            Seed = seed,
            Workers = workers,
            Capacity = random.Next(8) == 0 ? 1 + random.Next(3) : int.MaxValue,
            ClockSkew = TimeSpan.FromMilliseconds(random.Next(4) == 0 ? random.Next(-2_000, 2_000) : 0),
            Weather = new Weather
            {
                Latency = TimeSpan.FromMilliseconds(random.Next(10) == 0 ? 15_000 : 1 + random.Next(200)),
                LostRequests = stormy ? random.NextDouble() * 0.2 : 0,
                LostAnswers = stormy ? random.NextDouble() * 0.2 : 0,
            },
            LargeStore = (LargeStore)random.Next(3),
            RecycleAfter = random.Next(4) == 0 ? 1 + random.Next(4) : 0,
            Tasks = [.. Enumerable.Range(0, tasks).Select(_ => PlanOf(random))],
            Misfortunes = [.. Enumerable.Range(0, random.Next(4)).Select(_ => MisfortuneOf(random, workers))],
            SettlePause = TimeSpan.FromMilliseconds(random.Next(2)),
        };
        return random.Next(CanvasEvery) == 0 ? scenario.WithCanvases(random) : scenario;
    }

    private Scenario WithCanvases(Random random)
    {
        CanvasOutline[] canvases = [.. Enumerable.Range(0, 1 + (random.Next(4) / 3)).Select(number => new OutlineDrawing(random, StepsPerCanvas * number).Draw())];
        return this with { Canvases = canvases, Crowd = random.Next(4) == 0 ? random.NextDouble() * 0.5 : 0 };
    }

    private static HandlerPlan PlanOf(Random random) => new()
    {
        Kind = (TaskKind)random.Next(5),
        Key = random.Next(2),
        ResultSize = random.Next(2) == 0 ? 8 + random.Next(200) : 15_000 + random.Next(4_000),
        At = TimeSpan.FromMilliseconds(random.Next(2_000)),
        Delay = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? random.Next(5_000) : 0),
        Work = TimeSpan.FromMilliseconds(random.Next(4) switch { 0 => 0, 1 => random.Next(100), 2 => random.Next(5_000), _ => random.Next(40_000) }),
        Failures = random.Next(3) == 0 ? random.Next(5) : 0,
        ObservesToken = random.Next(3) > 0,
        Journals = random.Next(4) == 0,
        Snoozes = random.Next(8) == 0,
        Reports = random.Next(6) == 0 ? 1 + random.Next(3) : 0,
        IsSentTwice = random.Next(6) == 0,
        CancelAt = random.Next(8) == 0 ? TimeSpan.FromMilliseconds(random.Next(6_000)) : null,
        ExpiresIn = random.Next(6) == 0 ? TimeSpan.FromMilliseconds(1 + random.Next(12_000)) : null,
        Deadline = random.Next(6) == 0 ? TimeSpan.FromMilliseconds(1 + random.Next(20_000)) : null,
    };

    private static Misfortune MisfortuneOf(Random random, int workers) => new(
        (MisfortuneKind)random.Next(4),
        TimeSpan.FromMilliseconds(random.Next(20_000)),
        random.Next(workers),
        TimeSpan.FromMilliseconds(random.Next(30_000)));

    public override string ToString() =>
        $"seed {Seed}: {Workers} workers, {Tasks.Count} tasks, {Misfortunes.Count} misfortunes, capacity {(Capacity == int.MaxValue ? "unbounded" : Capacity)}, crowd {Crowd}, skew {ClockSkew.TotalMilliseconds} ms, large store {LargeStore}, recycled after {RecycleAfter}, settlements gather for {SettlePause.TotalMilliseconds} ms, {Weather}" +
        string.Concat(Tasks.Select(task => $"{Environment.NewLine}  {task}")) +
        string.Concat(Canvases.Select(canvas => $"{Environment.NewLine}  {canvas}")) +
        string.Concat(Misfortunes.Select(misfortune => $"{Environment.NewLine}  {misfortune}"));
}
