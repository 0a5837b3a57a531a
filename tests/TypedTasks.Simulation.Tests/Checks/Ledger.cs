using TypedTasks.Engine;
using TypedTasks.Simulation.Broker;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Checks;

/// <summary>Writes down what happens in the world, and says at once when a law does not hold.</summary>
internal sealed class Ledger
{
    private readonly SimWorld _world;
    private readonly Dictionary<TaskId, HandlerPlan> _plans = [];
    private readonly Dictionary<TaskId, TaskRecord> _tasks = [];
    private readonly Dictionary<int, int> _resultOfKey = [];
    private readonly List<RunRecord> _runs = [];
    private readonly List<(long At, string? Process, TaskId Id, SettlementKind? Settled, int Attempt, long Fence)> _history = [];

    internal Ledger(SimWorld world, SimLargeFiles? largeFiles)
    {
        _world = world;
        Punctuality = new Punctuality(world, this);
        Progress = new ProgressLaws(this);
        Results = new ResultLaws(this, largeFiles);
        Stops = new StopLaws(world, this);
        Canvases = new CanvasLaws(this);
    }

    internal Punctuality Punctuality { get; }

    internal ProgressLaws Progress { get; }

    internal ResultLaws Results { get; }

    internal StopLaws Stops { get; }

    internal CanvasLaws Canvases { get; }

    /// <summary>The first law that did not hold. Kept, because whoever was at work may catch the exception: the worker does, around a handler.</summary>
    internal InvariantException? Violation { get; private set; }

    internal List<SimTask> AcceptedTasks { get; } = [];

    internal int Runs => _runs.Count;

    /// <summary>The run of a number, or null.</summary>
    internal RunRecord? RunOf(int number) => number > 0 && number <= _runs.Count ? _runs[number - 1] : null;

    /// <summary>What the producer of a task wants of it.</summary>
    internal HandlerPlan PlanOf(TaskId id) => _plans[id];

    /// <summary>A producer is about to enqueue a task.</summary>
    internal void Asked(TaskId id, HandlerPlan plan) => _plans[id] = plan;

    internal void Accepted(SimTask task)
    {
        if (!_tasks.TryAdd(task.Id, new TaskRecord(task)))
        {
            throw Broken($"{task.Id} is accepted a second time.");
        }

        AcceptedTasks.Add(task);
        if (Canvases.Accepted(task) is { } plan)
        {
            _plans[task.Id] = plan;
        }

        Punctuality.Accepted(task, PlanOf(task.Id));
    }

    /// <summary>The broker delivers it.</summary>
    internal void Delivered(SimDelivery delivery) => _history.Add((_world.Now, null, delivery.Task.Id, null, delivery.Attempt, delivery.Fence));

    /// <summary>The broker forgot that it was settled: its attempts begin anew.</summary>
    internal void Resurrected(SimTask task)
    {
        _tasks[task.Id].CountedRuns.Clear();
        _tasks[task.Id].ForgottenFence = task.Fence;
    }

    internal RunRecord Started(TaskContext context, int? key, SimProcess process)
    {
        _history.Add((_world.Now, process.Name, context.Id, null, context.Attempt, context.Fence));
        TaskRecord record = _tasks.GetValueOrDefault(context.Id) ?? throw Broken($"{process.Name} runs {context.Id}, which was never accepted.");
        // A delivery that lost its lease may start late, when the task already waits for its next time; it changes nothing.
        if (record.Task.NotBefore > _world.Now && record.Task.Fence == context.Fence)
        {
            throw Broken($"{process.Name} runs {context.Id} {TimeSpan.FromTicks(record.Task.NotBefore - _world.Now)} before its time.");
        }

        if (context.Fence > record.ForgottenFence)
        {
            record.CountedRuns.Add(context.Fence);
        }

        if (record.CountedRuns.Count > context.Task.MaxAttempts || context.Attempt > context.Task.MaxAttempts)
        {
            throw Broken($"{process.Name} runs {context.Id} as attempt {context.Attempt}, for the {record.CountedRuns.Count}th time, and it has {context.Task.MaxAttempts} attempts.");
        }

        if (context.Task.AtMostOnce && _runs.Any(run => run.Id == context.Id))
        {
            throw Broken($"{context.Id} runs at most once, and is started a second time.");
        }

        if (context.Task.Execution == TaskExecution.Dedicated && process.Threads is not { IsCurrent: true })
        {
            throw Broken($"{process.Name} starts {context.Id} on a thread that is not one of its dedicated ones.");
        }

        var started = new RunRecord(_runs.Count + 1, context.Id, context.Fence, context.Attempt, key);
        if (key is not null && HoldsLease(started) && _runs.Find(run => run.Key == key && !run.IsOver && HoldsLease(run)) is { } other)
        {
            throw Broken($"{process.Name} runs {context.Id} while {other.Id}, of the same key {key}, is running.");
        }

        _runs.Add(started);
        Stops.Started(process, context.Id, context.Fence);
        Punctuality.Started(record.Task, context, process, started);
        return started;
    }

    internal bool FirstSnooze(TaskId id) => !_tasks[id].HasSnoozed && (_tasks[id].HasSnoozed = true);

    internal void Effect(RunRecord run)
    {
        run.HadEffect = true;
        Canvases.Succeeded(run);
    }

    internal void JournalledEffect(RunRecord run)
    {
        // A delivery that lost its lease and cannot know it yet may come too late; what it does then is not recorded.
        if (_tasks[run.Id].IsJournalled && HoldsLease(run))
        {
            throw Broken($"An effect of {run.Id} is run again, though it was recorded.");
        }
    }

    internal void JournalRecorded(RunRecord run) => _tasks[run.Id].IsJournalled = true;

    internal void Finished(RunRecord run) => run.IsOver = true;

    internal void Settled(SimTask task, SimDelivery delivery, in Settlement settlement)
    {
        _history.Add((_world.Now, null, task.Id, settlement.Kind, delivery.Attempt, delivery.Fence));
        if (delivery.Fence < task.Fence)
        {
            throw Broken($"The delivery of {task.Id} with fence {delivery.Fence} settled it ({settlement.Kind}), though one with fence {task.Fence} was made after it.");
        }

        if (settlement is { Kind: SettlementKind.Release } or { Kind: SettlementKind.Retry, Uncounted: true })
        {
            _tasks[task.Id].CountedRuns.Remove(delivery.Fence);
        }
    }

    /// <summary>A worker says how a task is to end, and the broker is about to do so.</summary>
    internal void Ending(SimTask task, SimDelivery delivery, in Settlement settlement)
    {
        if (settlement.State == TaskState.Expired)
        {
            Punctuality.Expired(task, delivery.Process);
        }

        if (settlement.Note is { Reason: DeadLetterReason.ResultRefused } note)
        {
            Results.DeadLettered(task, note);
        }
    }

    /// <summary>Who waited for a task was told its end, and for one that ended well whose result it got.</summary>
    internal void Told(TaskId id, TaskState state, int run = 0)
    {
        // A broker that forgot an end may have come to another since.
        if (!_tasks[id].Ends.Contains((state, run)))
        {
            throw Broken($"Who waited for {id} was told that it {state} with the result of run {run}, and it ended as {string.Join(", then ", _tasks[id].Ends)}.");
        }
    }

    internal void Ended(SimTask task)
    {
        if (task.State != TaskState.Succeeded)
        {
            _tasks[task.Id].Ends.Add((task.State, 0));
            return;
        }

        if (task.Outcome.Length == 0)
        {
            throw Broken($"{task.Id} ended well without an outcome.");
        }

        int result = Results.RunOf(task);
        _tasks[task.Id].Ends.Add((TaskState.Succeeded, result));
        RunRecord run = _runs[result - 1];
        if (!run.HadEffect)
        {
            throw Broken($"{task.Id} ended well with the result of a run that had not come to its effect.");
        }

        if (run.Key is null && run.Id != task.Id)
        {
            throw Broken($"{task.Id} ended with the result of another task.");
        }

        if (run.Key is { } key && !_resultOfKey.TryAdd(key, result) && _resultOfKey[key] != result)
        {
            throw Broken($"The key {key} was completed twice: by run {_resultOfKey[key]} and by run {result}.");
        }
    }

    /// <summary>A law does not hold: remembers it, and returns what is to be thrown.</summary>
    internal InvariantException Broken(string law)
    {
        Violation ??= new InvariantException($"{law}{Environment.NewLine}{Tell()}");
        return Violation;
    }

    // Told only when a law is broken: most worlds are well, and text is dear.
    private string Tell() => string.Join(Environment.NewLine, _history.Select(entry =>
    {
        string what = entry switch
        {
            { Process: { } process } => $"{process} runs {entry.Id}",
            { Settled: { } kind } => $"{entry.Id} is settled ({kind})",
            _ => $"{entry.Id} is delivered",
        };
        return $"  {TimeSpan.FromTicks(entry.At).TotalSeconds,8:F3} s: {what}, attempt {entry.Attempt}, fence {entry.Fence}";
    }));

    /// <summary>Whether a handler is at work at a task whose delivery holds the lease.</summary>
    internal bool IsRunning(SimTask task) => _runs.Exists(run => run.Id == task.Id && !run.IsOver && HoldsLease(run));

    private bool HoldsLease(RunRecord run) => _tasks[run.Id].Task.Holder?.Fence == run.Fence;

    private sealed class TaskRecord(SimTask task)
    {
        internal SimTask Task => task;

        /// <summary>The fences of the deliveries whose handler was started, and that count.</summary>
        internal HashSet<long> CountedRuns { get; } = [];

        /// <summary>How the task ended, and with the result of which run: once, but for a broker that forgets.</summary>
        internal List<(TaskState State, int Run)> Ends { get; } = [];

        /// <summary>Deliveries up to this fence were made before the broker forgot them.</summary>
        internal long ForgottenFence { get; set; }

        internal bool HasSnoozed { get; set; }

        internal bool IsJournalled { get; set; }
    }
}
