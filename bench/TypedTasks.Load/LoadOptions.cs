using TypedTasks.Load.Lanes;

namespace TypedTasks.Load;

internal enum LoadMode
{
    Enqueue,
    Consume,
    EndToEnd,
    Latency,
}

/// <summary>What a task is enqueued or run once by.</summary>
internal enum LoadOnce
{
    /// <summary>An id that the client makes, as most tasks have it.</summary>
    None,

    /// <summary>An id of the caller's: the engine has to look whether it has it already.</summary>
    Id,

    /// <summary>An idempotency key: the worker claims it before the handler runs.</summary>
    Key,
}

/// <summary>What the tasks are steps of.</summary>
internal enum LoadCanvas
{
    /// <summary>Nothing: each is enqueued by itself.</summary>
    None,

    /// <summary>Chains of five.</summary>
    Chain,

    /// <summary>Groups of 99 and the task that joins them, which is given what they return.</summary>
    Group,
}

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    public const string Usage = """
        Runs an engine under load and says what it did.

          dotnet run -c Release --project bench/TypedTasks.Load -- [options]

          --engine <name>       embedded (default), nats, redis
          --url <address>       a server to use, such as nats://localhost:4222 or localhost:6379; without it one is started, on a free port
          --server <release>    which release to start: floor (default), the oldest that is supported here, or newest
          --storage <kind>      nats: memory (default), file; redis: off (default), everysec, always (its append-only file)
          --mode <mode>         endtoend (default): callers enqueue and a worker runs, at most --window tasks between them
                                enqueue:            callers enqueue, and no worker runs
                                consume:            a worker runs what was enqueued before
                                latency:            one caller at a constant --rate, whether or not the engine keeps up; a task's time runs from when it was due
          --tasks <n>           how many are measured; 1000000
          --warmup <n>          how many run before that, unmeasured; a fifth of --tasks
          --callers <n>         producers at once; 1
          --payload <bytes>     of each task's arguments; 16, which is the least
          --once <what>         id: each task under an id of the caller's, accepted once; key: each under an idempotency key of its own, completed once; with 64 bytes of arguments
          --canvas <shape>      chain: the tasks are steps of chains of 5; group: of groups of 99, each with the task that joins it; endtoend only, with 16 bytes of arguments each
          --concurrency <n>     handlers at once; twice the processors
          --prefetch <n>        deliveries that the worker holds beyond those; 256
          --window <n>          tasks between producers and handlers, endtoend only; 8192
          --rate <n>            tasks a second, latency only; 20000
          --raw                 measures in the same run what the wire alone can do: frames made beforehand, on bare sockets, in the same lane of the same server;
                                with one caller, and nothing but enqueueing, that is the shortest round trip of the wire; at a constant rate, the times that the wire takes
          --depth <n>           tasks that wait in the lane before the measured ones are enqueued, enqueue only; 0
          --lanes <n>           lanes that the tasks go to by turns, 1000 at most, with 16 bytes of arguments each, and with --concurrency and --prefetch for each; one
          --processes <n>       worker processes, endtoend only; without it the worker is in this process
          --sweep <name>        runs the engines of --engine, separated by commas, over depth, callers, payload, concurrency, lanes or processes
          --chart <file>        where the sweep's chart is drawn, as SVG
          --json                prints one object, for scripts
          --table <file>        prints the table of a file with a line a run: its name, a tab, its object; runs nothing
          --peers <file>        the same of queues side by side: where it ran, a tab, the queue, a tab, the object of a run or why there is none
        """;

    public string Engine { get; init; } = "embedded";

    public LoadMode Mode { get; init; } = LoadMode.EndToEnd;

    public int Tasks { get; init; } = 1_000_000;

    public int? WarmUp { get; init; }

    public int Callers { get; init; } = 1;

    public int Payload { get; init; } = 16;

    public LoadOnce Once { get; init; }

    public LoadCanvas Canvas { get; init; }

    public int Concurrency { get; init; } = 2 * Environment.ProcessorCount;

    public int Prefetch { get; init; } = 256;

    public int Window { get; init; } = 8_192;

    public int Rate { get; init; } = 20_000;

    public string? Url { get; init; }

    public string? Server { get; init; }

    public string? Storage { get; init; }

    public bool IsRaw { get; init; }

    public int Depth { get; init; }

    /// <summary>Null for the one lane of <see cref="ILoad"/>.</summary>
    public int? Lanes { get; init; }

    /// <summary>Zero for a worker in this process.</summary>
    public int Processes { get; init; }

    /// <summary>Where a worker process counts; said to the children.</summary>
    public string? Work { get; init; }

    public string? Sweep { get; init; }

    public string? Chart { get; init; }

    public bool IsJson { get; init; }

    public string? Table { get; init; }

    public string? Peers { get; init; }

    public int WarmUpTasks => Math.Max(Callers, WarmUp ?? Tasks / 5);

    private static CommandLine<LoadOptions> Line { get; } = new CommandLine<LoadOptions>()
        .Text("--engine", static (run, value) => run with { Engine = value })
        .Choice<LoadMode>("--mode", static (run, value) => run with { Mode = value })
        .Text("--url", static (run, value) => run with { Url = value })
        .Text("--server", static (run, value) => run with { Server = value })
        .Text("--storage", static (run, value) => run with { Storage = value })
        .Number("--tasks", 1, static (run, value) => run with { Tasks = value })
        .Number("--warmup", 0, static (run, value) => run with { WarmUp = value })
        .Number("--callers", 1, static (run, value) => run with { Callers = value })
        .Number("--payload", 16, static (run, value) => run with { Payload = value })
        .Choice<LoadOnce>("--once", static (run, value) => run with { Once = value })
        .Choice<LoadCanvas>("--canvas", static (run, value) => run with { Canvas = value })
        .Number("--concurrency", 1, static (run, value) => run with { Concurrency = value })
        .Number("--prefetch", 0, static (run, value) => run with { Prefetch = value })
        .Number("--window", CreditGate.Chunk, static (run, value) => run with { Window = value })
        .Number("--rate", 1, static (run, value) => run with { Rate = value })
        .Flag("--raw", static run => run with { IsRaw = true })
        .Number("--depth", 0, static (run, value) => run with { Depth = value })
        .Number("--lanes", 1, static (run, value) => value <= ManyLanes.Most ? run with { Lanes = value } : throw new BenchException($"--lanes is {value}. There are {ManyLanes.Most} at most."))
        .Number("--processes", 1, static (run, value) => run with { Processes = value })
        .Text("--work", static (run, value) => run with { Work = value })
        .Text("--sweep", static (run, value) => run with { Sweep = value })
        .Text("--chart", static (run, value) => run with { Chart = value })
        .Flag("--json", static run => run with { IsJson = true })
        .Text("--table", static (run, value) => run with { Table = value })
        .Text("--peers", static (run, value) => run with { Peers = value });

    /// <summary>Null asks for <see cref="Usage"/>.</summary>
    /// <exception cref="BenchException">The command line makes no sense.</exception>
    public static LoadOptions? Parse(IReadOnlyList<string> arguments) => Line.Read(arguments, new LoadOptions());

    /// <summary>What does not go together is refused before anything is started.</summary>
    /// <exception cref="BenchException">Some of it does not.</exception>
    public void Check()
    {
        if (Lanes is not null && (IsRaw || Payload != 16))
        {
            throw new BenchException("With --lanes there is neither --raw nor --payload: its tasks have two numbers, in lanes of their own.");
        }

        if (Once != LoadOnce.None && (IsRaw || Lanes is not null || Payload != 64))
        {
            throw new BenchException("With --once there is neither --raw nor --lanes, and --payload is 64: bare sockets ask nobody whether a task was there before.");
        }

        int whole = Callers * CanvasTarget.StepsOf(Canvas);
        if (Canvas != LoadCanvas.None && (IsRaw || Lanes is not null || Payload != 16 || Once != LoadOnce.None || Mode != LoadMode.EndToEnd || Tasks % whole != 0 || WarmUpTasks % whole != 0))
        {
            throw new BenchException($"With --canvas, --mode is endtoend, and there is no --raw, --lanes, --once or --payload; --tasks and --warmup are whole canvases for every caller, that is multiples of {whole}.");
        }

        if (Processes > 0 && (Mode != LoadMode.EndToEnd || Engine == "embedded"))
        {
            throw new BenchException("--processes is for --mode endtoend, and for an engine that is not in one process's memory.");
        }
    }
}
