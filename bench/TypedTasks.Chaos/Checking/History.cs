using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos.Checking;

/// <summary>A run of a handler.</summary>
/// <param name="Id">Which.</param>
/// <param name="Number">The task's number.</param>
/// <param name="Attempt">The attempt that the worker said it was.</param>
/// <param name="StartAt">When it began.</param>
/// <param name="EffectAt">When it had done its work; 0 when it never had.</param>
/// <param name="Fence">The delivery's fence, of tasks with a key.</param>
internal sealed record HandlerRun(RunId Id, long Number, int Attempt, long StartAt, long EffectAt, long Fence)
{
    public bool HasEffect => EffectAt != 0;
}

/// <summary>Something that was broken, from when to when.</summary>
internal sealed record FaultSpan(FaultKind Kind, int Process, long BeganAt, long EndedAt)
{
    public bool KilledBroker => Kind is FaultKind.BrokerKill or FaultKind.SettleKill;

    public bool IsOfBroker => KilledBroker || Kind is FaultKind.BrokerRestart or FaultKind.HalfOpen or FaultKind.Partition;

    public bool KilledWorker => Kind is FaultKind.WorkerKill or FaultKind.WorkerDied;
}

/// <summary>All that the ledgers say of one task.</summary>
internal sealed class TaskHistory(long number)
{
    private readonly List<HandlerRun> _runs = [];
    private readonly HashSet<RunId> _outcomes = [];
    private readonly Dictionary<RunId, long> _fences = [];
    private readonly HashSet<long> _ids = [];

    public long Number => number;

    public TaskKind Kind { get; private set; }

    public bool IsAttempted { get; private set; }

    /// <summary>When it might start at the earliest.</summary>
    public long DueAt { get; private set; }

    public bool IsAccepted { get; private set; }

    public long AcceptedAt { get; private set; }

    public int Unconfirmed { get; private set; }

    public int Refused { get; private set; }

    public bool IsDeadLetter { get; private set; }

    public bool WasNotAnswered { get; private set; }

    public IReadOnlyList<HandlerRun> Runs => _runs;

    /// <summary>The runs whose result was handed out.</summary>
    public IReadOnlySet<RunId> Outcomes => _outcomes;

    /// <summary>What tells the ids apart under which it ran.</summary>
    public IReadOnlySet<long> Ids => _ids;

    public bool HasEffect => _runs.Exists(run => run.HasEffect);

    public int Effects => _runs.Count(run => run.HasEffect);

    public void Add(LedgerRecord record)
    {
        Kind = record.Kind;
        switch (record.Event)
        {
            case LedgerEvent.Intent:
                DueAt = IsAttempted ? Math.Min(DueAt, DueOf(record)) : DueOf(record);
                IsAttempted = true;
                break;
            case LedgerEvent.Accepted:
                AcceptedAt = IsAccepted ? AcceptedAt : record.Micros;
                IsAccepted = true;
                break;
            case LedgerEvent.Unconfirmed:
                Unconfirmed++;
                break;
            case LedgerEvent.Refused:
                Refused++;
                break;
            case LedgerEvent.Fence:
                _fences[record.Run] = record.Micros;
                break;
            case LedgerEvent.TaskId:
                _ids.Add(record.Micros);
                break;
            case LedgerEvent.Start:
                _runs.Add(new HandlerRun(record.Run, number, record.Attempt, record.Micros, 0, _fences.GetValueOrDefault(record.Run)));
                break;
            case LedgerEvent.Effect when _runs.FindIndex(run => run.Id == record.Run) is >= 0 and int at:
                _runs[at] = _runs[at] with { EffectAt = record.Micros };
                break;
            case LedgerEvent.Effect:
                _runs.Add(new HandlerRun(record.Run, number, record.Attempt, record.Micros, record.Micros, _fences.GetValueOrDefault(record.Run)));
                break;
            case LedgerEvent.Outcome:
                _outcomes.Add(record.Run);
                break;
            case LedgerEvent.DeadLetter:
                IsDeadLetter = true;
                break;
            case LedgerEvent.NoAnswer:
                WasNotAnswered = true;
                break;
        }
    }

    private static long DueOf(LedgerRecord intent) => intent.Micros + (intent.Value * 1000L);
}

/// <summary>All that the ledgers of a run say, by task.</summary>
internal sealed class History
{
    private readonly Dictionary<long, TaskHistory> _tasks = [];

    public History(IEnumerable<LedgerFile> files)
    {
        var faults = new Dictionary<long, FaultSpan>();
        var died = new List<FaultSpan>();
        foreach (LedgerFile file in files)
        {
            Torn += file.IsTorn ? 1 : 0;
            Damaged += file.Damaged;
            foreach (LedgerRecord record in file.Records)
            {
                switch (record.Event)
                {
                    case LedgerEvent.FaultBegan when (FaultKind)record.Value == FaultKind.WorkerDied:
                        died.Add(new FaultSpan(FaultKind.WorkerDied, record.Process, record.Micros, record.Micros));
                        break;
                    case LedgerEvent.FaultBegan:
                        faults[record.Number] = new FaultSpan((FaultKind)record.Value, record.Process, record.Micros, long.MaxValue);
                        break;
                    case LedgerEvent.FaultEnded:
                        faults[record.Number] = faults[record.Number] with { EndedAt = record.Micros };
                        break;
                    default:
                        Of(record.Number).Add(record);
                        break;
                }
            }
        }

        Faults = [.. faults.Values.Concat(died).OrderBy(fault => fault.BeganAt)];
    }

    public IReadOnlyCollection<TaskHistory> Tasks => _tasks.Values;

    public IReadOnlyList<FaultSpan> Faults { get; }

    /// <summary>Ledgers whose last record is half there.</summary>
    public int Torn { get; }

    public int Damaged { get; }

    private TaskHistory Of(long number)
    {
        if (!_tasks.TryGetValue(number, out TaskHistory? task))
        {
            _tasks.Add(number, task = new TaskHistory(number));
        }

        return task;
    }
}
