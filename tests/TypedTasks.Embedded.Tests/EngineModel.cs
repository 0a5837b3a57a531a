namespace TypedTasks.Embedded.Tests;

/// <summary>
/// What the engine should do, said as plainly as possible: lists that are searched from end to end, and a clock that goes millisecond by millisecond.
/// </summary>
internal sealed class EngineModel(int maxTasks, int maxDeadLetters)
{
    private readonly List<ModelTask> _returned = [];
    private readonly List<ModelTask> _ready = [];
    private readonly List<ModelTask> _delayed = [];
    private readonly List<ModelHold> _holds = [];
    private readonly List<ModelTask> _dead = [];
    private readonly List<ModelTask> _ended = [];
    private long _sequence;

    /// <summary>Milliseconds since the start.</summary>
    public long Now { get; private set; }

    public bool IsPaused { get; set; }

    public int Ready => _returned.Count + _ready.Count;

    public int Delayed => _delayed.Count;

    public int InFlight => _holds.Count;

    public int Dead => _dead.Count;

    private int Live => Ready + Delayed + InFlight;


    /// <summary>"Accepted", "Duplicate" or "Full".</summary>
    public string Publish(long number, long notBefore)
    {
        if (Find(number) is not null)
        {
            return "Duplicate";
        }

        if (Live + Math.Max(0, Dead - maxDeadLetters) >= maxTasks)
        {
            return "Full";
        }

        _ended.RemoveAll(task => task.Number == number);
        Enqueue(new ModelTask(number), notBefore);
        return "Accepted";
    }

    public List<ModelHold> Receive(int consumer, long lease, int count)
    {
        List<ModelHold> received = [];
        while (!IsPaused && received.Count < count && Ready > 0)
        {
            List<ModelTask> source = _returned.Count > 0 ? _returned : _ready;
            ModelTask task = source[0];
            source.RemoveAt(0);
            task.Attempts++;
            ModelHold hold = new(task, consumer, task.Attempts) { Deadline = Now + lease, Order = ++_sequence };
            _holds.Add(hold);
            received.Add(hold);
        }

        return received;
    }

    public bool Renew(ModelHold hold, long lease)
    {
        hold.Deadline = Now + lease;
        hold.Order = ++_sequence;
        return _holds.Contains(hold);
    }

    public bool Complete(ModelHold hold, TaskState state, long keep)
    {
        if (!_holds.Remove(hold))
        {
            return false;
        }

        End(hold.Task, state, keep);
        if (keep > 0)
        {
            _ended.Add(hold.Task);
        }

        return true;
    }

    public bool Bury(ModelHold hold, long keep)
    {
        if (!_holds.Remove(hold))
        {
            return false;
        }

        End(hold.Task, TaskState.DeadLettered, keep);
        _dead.Add(hold.Task);
        return true;
    }

    public bool Retry(ModelHold hold, long notBefore, bool uncounted)
    {
        if (!_holds.Remove(hold))
        {
            return false;
        }

        hold.Task.Attempts -= uncounted ? 1 : 0;
        hold.Task.IsRetry = true;
        Enqueue(hold.Task, notBefore);
        return true;
    }

    public bool Release(ModelHold hold)
    {
        if (!_holds.Remove(hold))
        {
            return false;
        }

        hold.Task.Attempts--;
        _returned.Add(hold.Task);
        return true;
    }

    public bool Requeue(long number)
    {
        if (_dead.Find(task => task.Number == number) is not { } task)
        {
            return false;
        }

        _dead.Remove(task);
        task.Attempts = 0;
        task.End = TaskState.Unknown;
        _ready.Add(task);
        return true;
    }

    public bool Delete(long number)
    {
        if (_dead.Find(task => task.Number == number) is not { } task)
        {
            return false;
        }

        _dead.Remove(task);
        _ended.Add(task);
        return true;
    }

    public List<long> Purge()
    {
        List<long> purged = [.. _returned.Concat(_ready).Concat(_delayed).Select(task => task.Number)];
        _returned.Clear();
        _ready.Clear();
        _delayed.Clear();
        return purged;
    }

    public void Forget(long number)
    {
        _ended.RemoveAll(task => task.Number == number);
        if (_dead.Find(task => task.Number == number) is { } dead)
        {
            dead.KeptUntil = Now;
        }
    }

    public void Advance(long milliseconds)
    {
        for (long end = Now + milliseconds; Now < end;)
        {
            Now++;
            foreach (ModelTask due in _delayed.Where(task => task.NotBefore <= Now).OrderBy(task => task.IsRetry).ThenBy(task => task.NotBefore).ThenBy(task => task.Order).ToArray())
            {
                _delayed.Remove(due);
                _ready.Add(due);
            }

            foreach (ModelHold lost in _holds.Where(hold => hold.Deadline <= Now).OrderBy(hold => hold.Deadline).ThenBy(hold => hold.Order).ToArray())
            {
                _holds.Remove(lost);
                _returned.Add(lost.Task);
            }
        }
    }

    public (TaskState State, bool HasOutcome) StateOf(long number) => Find(number) switch
    {
        null => (TaskState.Unknown, false),
        { End: not TaskState.Unknown } task => (task.End, task.KeptUntil > Now),
        { } task when _holds.Exists(hold => hold.Task == task) => (TaskState.Running, false),
        { Attempts: > 0 } => (TaskState.Retrying, false),
        _ => (TaskState.Queued, false),
    };

    public IEnumerable<long> DeadLetters => _dead.Select(task => task.Number);

    private ModelTask? Find(long number) =>
        _returned.Find(task => task.Number == number) ??
        _ready.Find(task => task.Number == number) ??
        _delayed.Find(task => task.Number == number) ??
        _holds.Find(hold => hold.Task.Number == number)?.Task ??
        _dead.Find(task => task.Number == number) ??
        _ended.Find(task => task.Number == number && task.KeptUntil > Now);

    private void Enqueue(ModelTask task, long notBefore)
    {
        task.NotBefore = notBefore;
        task.Order = ++_sequence;
        (notBefore > Now ? _delayed : _ready).Add(task);
    }

    private void End(ModelTask task, TaskState state, long keep)
    {
        task.End = state;
        task.KeptUntil = Now + keep;
    }
}

internal sealed class ModelTask(long number)
{
    public long Number => number;

    public int Attempts { get; set; }

    public long NotBefore { get; set; }

    public long Order { get; set; }

    public TaskState End { get; set; }

    public long KeptUntil { get; set; }

    /// <summary>Waits for a time and not for a date: of two that are due together, those with a date come first.</summary>
    public bool IsRetry { get; set; }
}

/// <summary>A delivery in a worker's hands, as it was when it was made.</summary>
internal sealed class ModelHold(ModelTask task, int consumer, int attempt)
{
    public ModelTask Task => task;

    public int Consumer => consumer;

    public int Attempt => attempt;

    public long Deadline { get; set; }

    public long Order { get; set; }
}
