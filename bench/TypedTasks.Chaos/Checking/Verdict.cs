using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>A promise that was broken.</summary>
internal enum Violation
{
    /// <summary>Accepted, and never worked at.</summary>
    Lost,

    /// <summary>Worked at, and nobody had asked for it.</summary>
    Unexpected,

    /// <summary>Began before its time.</summary>
    Early,

    /// <summary>Results of two runs were handed out for one key.</summary>
    KeyTwice,

    /// <summary>A key was worked at again after it was complete.</summary>
    KeyRepeated,

    /// <summary>A result that no run made.</summary>
    Invented,

    /// <summary>A waiter who was told neither a result nor a failure.</summary>
    Unanswered,

    /// <summary>A dead letter whose handler never failed.</summary>
    Buried,

    /// <summary>Run twice where nothing excuses it.</summary>
    Duplicated,

    /// <summary>Started more often than its contract allows.</summary>
    TooManyAttempts,

    /// <summary>A join of a canvas that ran under two ids.</summary>
    JoinDoubled,

    /// <summary>A join of a canvas that never came to its work.</summary>
    JoinLost,

    /// <summary>A step of a canvas, but no join, that ran under two ids.</summary>
    StepDoubled,

    /// <summary>A step of a canvas that began before what it follows was done.</summary>
    OutOfOrder,

    /// <summary>A canvas with another result than its steps make.</summary>
    WrongResult,

    /// <summary>An occurrence of a schedule that was enqueued under two ids.</summary>
    OccurrenceDoubled,

    /// <summary>Something is left in the engine.</summary>
    LeftOver,

    /// <summary>A ledger that cannot be read, other than at its end.</summary>
    DamagedLedger,

    /// <summary>The harness itself: the producer ended badly.</summary>
    Harness,
}

/// <summary>What the ledgers say, counted.</summary>
internal sealed class Verdict
{
    private const int Examples = 5;
    private readonly SortedDictionary<Violation, (long Count, List<long> Tasks)> _violations = [];

    public long Attempted { get; set; }

    public long Accepted { get; set; }

    /// <summary>Not known to be accepted, and run.</summary>
    public long Recovered { get; set; }

    public long Unconfirmed { get; set; }

    public long Refused { get; set; }

    public long Lost => CountOf(Violation.Lost);

    /// <summary>Lost, and accepted so shortly before a kill that the broker's setting allows it.</summary>
    public long LostWithinSetting { get; set; }

    /// <summary>Tasks without a key that were worked at more than once.</summary>
    public long Duplicated { get; set; }

    public long ExtraEffects { get; set; }

    public long Keyed { get; set; }

    public long Keys { get; set; }

    /// <summary>Keys that were completed exactly once.</summary>
    public long KeysOnce { get; set; }

    public long KeysTwiceWithinSetting { get; set; }

    /// <summary>Runs of keys that did their work, and whose worker was killed before it was recorded.</summary>
    public long CutByKill { get; set; }

    /// <summary>Runs of keys that did their work, and whose lease was lost before it was recorded.</summary>
    public long CutByLease { get; set; }

    public long DeadLetters { get; set; }

    /// <summary>Canvases.</summary>
    public long Graphs { get; set; }

    /// <summary>Canvases that ended with the result that their steps make.</summary>
    public long GraphsRight { get; set; }

    public long Joins { get; set; }

    /// <summary>Joins that ran under one id, and did their work.</summary>
    public long JoinsOnce { get; set; }

    public long JoinsLost => CountOf(Violation.JoinLost);

    public long JoinsDoubled => CountOf(Violation.JoinDoubled);

    /// <summary>Occurrences of schedules that were promised.</summary>
    public long Occurrences { get; set; }

    /// <summary>Those that ran under one id, and did their work.</summary>
    public long OccurrencesOnce { get; set; }

    public long OccurrencesDoubled => CountOf(Violation.OccurrenceDoubled);

    public int MostAttempts { get; set; }

    public int Torn { get; set; }

    /// <summary>How often each fault was done: a run that is over sooner than its faults leaves the rest out.</summary>
    public IReadOnlyDictionary<FaultKind, int> Faults { get; set; } = new Dictionary<FaultKind, int>();

    public IReadOnlyList<Recovery> Recoveries { get; set; } = [];

    public IEnumerable<(Violation What, long Count, IReadOnlyList<long> Tasks)> Violations =>
        _violations.Select(one => (one.Key, one.Value.Count, (IReadOnlyList<long>)one.Value.Tasks));

    public bool IsValid => _violations.Count == 0;

    private long CountOf(Violation what) => _violations.TryGetValue(what, out (long Count, List<long> Tasks) known) ? known.Count : 0;

    /// <param name="what">What was broken.</param>
    /// <param name="task">The task; -1 for none.</param>
    public void Violate(Violation what, long task)
    {
        (long count, List<long> tasks) = _violations.TryGetValue(what, out (long Count, List<long> Tasks) known) ? known : (0, []);
        if (tasks.Count < Examples && task >= 0)
        {
            tasks.Add(task);
        }

        _violations[what] = (count + 1, tasks);
    }
}

/// <summary>How long something took after a fault, over all faults of a kind.</summary>
/// <param name="What">Of which fault, until what.</param>
/// <param name="Count">How many were measured.</param>
/// <param name="P50">The median, in milliseconds.</param>
/// <param name="Max">The longest, in milliseconds.</param>
internal sealed record Recovery(string What, int Count, double P50, double Max);
