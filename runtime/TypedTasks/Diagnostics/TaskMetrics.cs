using System.Diagnostics;
using System.Diagnostics.Metrics;
using TypedTasks.Engine;
using TypedTasks.Scheduling;
using TypedTasks.Worker;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>
/// The instruments of one host. Recording costs a comparison while nobody listens, and allocates nothing when somebody does: tags live on the stack, their
/// strings are made once.
/// </summary>
internal sealed class TaskMetrics : IDisposable
{
    // What the semantic conventions advise for durations.
    private static readonly InstrumentAdvice<double> Durations = new()
    {
        HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10],
    };

    // A queue is waited in for longer than a handler runs.
    private static readonly InstrumentAdvice<double> Waits = new()
    {
        HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60, 300, 900, 3600, 14400, 86400],
    };

    private static TaskMetrics? _shared;

    private readonly Counter<long> _sent;
    private readonly Histogram<double> _operationDuration;
    private readonly Counter<long> _consumed;
    private readonly Histogram<double> _processDuration;
    private readonly Histogram<double> _timeInQueue;
    private readonly Counter<long> _retries;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _leaseLosses;
    private readonly Counter<long> _abandoned;
    private readonly Counter<long> _occurrences;
    private readonly bool _ownsMeter;

    private TaskMetrics(Meter meter, bool ownsMeter)
    {
        Meter = meter;
        _ownsMeter = ownsMeter;
        _sent = Meter.CreateCounter<long>(Names.Metrics.Sent, "{message}", "Tasks that a client enqueued, or failed to.");
        _operationDuration = Meter.CreateHistogram(Names.Metrics.OperationDuration, "s", "How long enqueueing a task, or settling a batch, took.", advice: Durations);
        _consumed = Meter.CreateCounter<long>(Names.Metrics.Consumed, "{message}", "Attempts that ended, by their outcome.");
        _processDuration = Meter.CreateHistogram(Names.Metrics.ProcessDuration, "s", "How long an attempt took, from its start to its outcome.", advice: Durations);
        _timeInQueue = Meter.CreateHistogram(Names.Metrics.TimeInQueue, "s", "How long a task was ready before its first attempt began.", advice: Waits);
        _retries = Meter.CreateCounter<long>(Names.Metrics.Retries, "{attempt}", "Attempts that failed and are made again.");
        _deadLetters = Meter.CreateCounter<long>(Names.Metrics.DeadLetters, "{task}", "Tasks that became dead letters.");
        _leaseLosses = Meter.CreateCounter<long>(Names.Metrics.LeaseLosses, "{lease}", "Leases that were lost while a worker held them.");
        _abandoned = Meter.CreateCounter<long>(Names.Metrics.Abandoned, "{attempt}", "Attempts that did not stop when they were told to, and were given up.");
        _occurrences = Meter.CreateCounter<long>(Names.Metrics.Occurrences, "{occurrence}", "Occurrences of schedules that this host enqueued or passed over.");
    }

    /// <param name="factory">The host's meters, where it has any: they end with the host, and a test can tell one host's from another's.</param>
    internal TaskMetrics(IMeterFactory? factory)
        : this(factory?.Create(TypedTasksTelemetry.MeterName, Version) ?? new Meter(TypedTasksTelemetry.MeterName, Version), ownsMeter: factory is null)
    {
    }

    /// <summary>Metrics of whatever has no host of its own.</summary>
    internal static TaskMetrics Shared =>
        _shared ?? Interlocked.CompareExchange(ref _shared, new TaskMetrics(new Meter(TypedTasksTelemetry.MeterName, Version), ownsMeter: false), null) ?? _shared;

    internal static string? Version { get; } = typeof(TaskMetrics).Assembly.GetName().Version?.ToString(3);

    internal Meter Meter { get; }

    /// <summary>Whether somebody measures enqueueing.</summary>
    internal bool ObservesSends => _sent.Enabled || _operationDuration.Enabled;

    /// <summary>Whether somebody measures attempts.</summary>
    internal bool ObservesAttempts =>
        _consumed.Enabled || _processDuration.Enabled || _timeInQueue.Enabled || _retries.Enabled || _deadLetters.Enabled || _abandoned.Enabled;

    /// <summary>Whether somebody measures settling.</summary>
    internal bool ObservesSettling => _operationDuration.Enabled;

    internal void Sent(TaskLabels lane, string task, TimeSpan took, string? errorType)
    {
        TagList tags = TagsOf(lane.Destination, task, Names.Operations.Send);
        AddError(ref tags, errorType);
        _sent.Add(1, in tags);
        tags.Add(Names.Tags.OperationType, Names.Operations.Send);
        _operationDuration.Record(took.TotalSeconds, in tags);
    }

    internal void Settled(TaskLabels lane, TimeSpan took, string? errorType)
    {
        TagList tags = TagsOf(lane.Destination, task: null, Names.Operations.Settle);
        tags.Add(Names.Tags.OperationType, Names.Operations.Settle);
        AddError(ref tags, errorType);
        _operationDuration.Record(took.TotalSeconds, in tags);
    }

    internal void Began(TaskDescriptor task, TimeSpan timeInQueue)
    {
        if (_timeInQueue.Enabled)
        {
            TagList tags = TagsOf(task.Labels.Destination, task.Name, operation: null);
            _timeInQueue.Record(timeInQueue.TotalSeconds, in tags);
        }
    }

    /// <summary>An attempt ended. <paramref name="task"/> is null where the delivery's task is not known, <paramref name="took"/> where it did not run.</summary>
    internal void Ended(TaskLabels lane, TaskDescriptor? task, in Outcome outcome, TimeSpan? took, string? errorType)
    {
        TagList tags = TagsOf(lane.Destination, task?.Name, Names.Operations.Process);
        tags.Add(Names.Tags.Outcome, TaskLabels.Of(outcome.Kind));
        AddError(ref tags, errorType);
        _consumed.Add(1, in tags);
        if (took is { } duration)
        {
            _processDuration.Record(duration.TotalSeconds, in tags);
        }

        if (outcome.Kind == OutcomeKind.Retry && _retries.Enabled)
        {
            TagList retry = TagsOf(lane.Destination, task?.Name, operation: null);
            AddError(ref retry, errorType);
            _retries.Add(1, in retry);
        }

        if (outcome.Kind == OutcomeKind.DeadLettered && _deadLetters.Enabled)
        {
            TagList dead = TagsOf(lane.Destination, task?.Name, operation: null);
            dead.Add(Names.Tags.Reason, TaskLabels.Of(outcome.Reason));
            _deadLetters.Add(1, in dead);
        }
    }

    internal void Abandoned(TaskDescriptor task)
    {
        TagList tags = TagsOf(task.Labels.Destination, task.Name, operation: null);
        _abandoned.Add(1, in tags);
    }

    internal void Occurred(ScheduleRegistration schedule, bool isEnqueued)
    {
        if (_occurrences.Enabled)
        {
            TagList tags = TagsOf(schedule.Task.Labels.Destination, schedule.Task.Name, operation: null);
            tags.Add(Names.Tags.Schedule, schedule.Name);
            tags.Add(Names.Tags.Outcome, isEnqueued ? Names.Outcomes.Enqueued : Names.Outcomes.PassedOver);
            _occurrences.Add(1, in tags);
        }
    }

    internal void LeaseLost(TaskLabels lane)
    {
        if (_leaseLosses.Enabled)
        {
            TagList tags = TagsOf(lane.Destination, task: null, operation: null);
            _leaseLosses.Add(1, in tags);
        }
    }

    public void Dispose()
    {
        if (_ownsMeter)
        {
            Meter.Dispose();
        }
    }

    /// <summary>The tags that every measurement of a lane has.</summary>
    internal static TagList TagsOf(string destination, string? task, string? operation)
    {
        TagList tags = default;
        tags.Add(Names.Tags.System, Names.System);
        tags.Add(Names.Tags.Destination, destination);
        if (task is not null)
        {
            tags.Add(Names.Tags.Task, task);
        }

        if (operation is not null)
        {
            tags.Add(Names.Tags.OperationName, operation);
        }

        return tags;
    }

    private static void AddError(ref TagList tags, string? errorType)
    {
        if (errorType is not null)
        {
            tags.Add(Names.Tags.ErrorType, errorType);
        }
    }
}
