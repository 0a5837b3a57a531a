using TypedTasks.Chaos.Ledgers;

namespace TypedTasks.Chaos;

/// <summary>The tasks: a number to know them by, and how many milliseconds of work. Those with a result return which run it was.</summary>
[TaskContract("chaos")]
public interface IChaosTasks
{
    /// <summary>Nothing is kept of it: settling it is only an acknowledgement.</summary>
    [Task(KeepOutcome = "none", MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask PlainAsync(long number, int work, TaskContext context = null!, CancellationToken cancellationToken = default);

    /// <summary>Its outcome is kept.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask<long> KeptAsync(long number, int work, TaskContext context = null!, CancellationToken cancellationToken = default);

    /// <summary>It completes once for its key.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    [Idempotent(Key = nameof(key))]
    ValueTask<long> KeyedAsync(long key, long number, int work, TaskContext context = null!, CancellationToken cancellationToken = default);

    /// <summary>It kills its process.</summary>
    [Task(MaxAttempts = ChaosHandler.PoisonAttempts)]
    ValueTask<long> PoisonAsync(long number, TaskContext context = null!);

    /// <summary>It never ends.</summary>
    [Task(MaxAttempts = ChaosHandler.HangAttempts, Backoff = "100ms", TimeLimit = "1s")]
    ValueTask<long> HangAsync(long number, TaskContext context = null!);

    /// <summary>A step of a canvas: returns the sum of what it is given and its number.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask<long> StepAsync(long input, long number, int work, TaskContext context = null!, CancellationToken cancellationToken = default);

    /// <summary>A step of a canvas that joins a group: returns the sum of what it is given and its number.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask<long> JoinAsync(long[] inputs, long number, int work, TaskContext context = null!, CancellationToken cancellationToken = default);

    /// <summary>A step of a canvas that fails for good.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask<long> DoomedAsync(long number, TaskContext context = null!);

    /// <summary>An occurrence of a schedule.</summary>
    [Task(MaxAttempts = 10, Backoff = "100ms..1s")]
    ValueTask<long> OccurrenceAsync(long schedule, TaskContext context = null!, CancellationToken cancellationToken = default);
}

/// <summary>The handler: notes when it begins and when it has done its work.</summary>
public sealed class ChaosHandler : IChaosTasks
{
    internal const int PoisonAttempts = 3;
    internal const int HangAttempts = 2;

    private readonly LedgerWriter _ledger;
    private readonly Timetable _timetable;
    private int _runs;

    internal ChaosHandler(LedgerWriter ledger, Timetable timetable) => (_ledger, _timetable) = (ledger, timetable);

    /// <inheritdoc/>
    public async ValueTask PlainAsync(long number, int work, TaskContext context, CancellationToken cancellationToken) =>
        await RunAsync(number, TaskKind.Plain, work, context, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<long> KeptAsync(long number, int work, TaskContext context, CancellationToken cancellationToken) =>
        RunAsync(number, TaskKind.Kept, work, context, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> KeyedAsync(long key, long number, int work, TaskContext context, CancellationToken cancellationToken) =>
        RunAsync(number, TaskKind.Keyed, work, context, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<long> PoisonAsync(long number, TaskContext context)
    {
        Start(number, TaskKind.Poison, context);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
        return 0;
    }

    /// <inheritdoc/>
    public async ValueTask<long> HangAsync(long number, TaskContext context)
    {
        Start(number, TaskKind.Hang, context);
        await Task.Delay(Timeout.Infinite).ConfigureAwait(false);
        return 0;
    }

    /// <inheritdoc/>
    public ValueTask<long> StepAsync(long input, long number, int work, TaskContext context, CancellationToken cancellationToken) =>
        RunStepAsync(input, number, TaskKind.Step, work, context, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> JoinAsync(long[] inputs, long number, int work, TaskContext context, CancellationToken cancellationToken) =>
        RunStepAsync(inputs.Sum(), number, TaskKind.Join, work, context, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> DoomedAsync(long number, TaskContext context)
    {
        Start(number, TaskKind.Doomed, context);
        throw new DeadLetterException("This step was to fail.");
    }

    /// <inheritdoc/>
    public async ValueTask<long> OccurrenceAsync(long schedule, TaskContext context, CancellationToken cancellationToken) =>
        _timetable.NumberOf(schedule, context.Occurrence!.Value) is { } number
            ? await RunAsync(number, TaskKind.Occurrence, 0, context, cancellationToken).ConfigureAwait(false)
            : 0;

    private async ValueTask<long> RunStepAsync(long given, long number, TaskKind kind, int work, TaskContext context, CancellationToken cancellationToken)
    {
        await RunAsync(number, kind, work, context, cancellationToken).ConfigureAwait(false);
        return given + number;
    }

    private async ValueTask<long> RunAsync(long number, TaskKind kind, int work, TaskContext context, CancellationToken cancellationToken)
    {
        RunId run = Start(number, kind, context);
        if (work > 0)
        {
            await Task.Delay(work, cancellationToken).ConfigureAwait(false);
        }

        _ledger.Write(number, LedgerEvent.Effect, kind, context.Attempt, run.Run);
        return run.ToResult();
    }

    private RunId Start(long number, TaskKind kind, TaskContext context)
    {
        var run = new RunId(Environment.ProcessId, Interlocked.Increment(ref _runs));
        if (kind == TaskKind.Keyed)
        {
            _ledger.Write(number, LedgerEvent.Fence, kind, context.Attempt, run.Run, micros: context.Fence);
        }

        if (kind is TaskKind.Step or TaskKind.Join or TaskKind.Doomed or TaskKind.Occurrence)
        {
            _ledger.Write(number, LedgerEvent.TaskId, kind, context.Attempt, run.Run, micros: Graph.MarkOf(context.Id));
        }

        _ledger.Write(number, LedgerEvent.Start, kind, context.Attempt, run.Run);
        return run;
    }
}
