using System.Diagnostics;
using System.Globalization;
using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.Worker;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>What a run carries for whoever observes it; nothing while nobody does.</summary>
/// <param name="Activity">The span of the attempt.</param>
/// <param name="StartedAt">When the attempt began, as a timestamp of the time provider; 0 while nobody observes it.</param>
internal readonly record struct AttemptTrace(Activity? Activity, long StartedAt);

/// <summary>
/// Observes the attempts of one lane: a consumer span each, a child of the span that enqueued the task, so that one trace spans the producer, all attempts
/// and what they enqueue; and their measurements.
/// </summary>
internal sealed class AttemptTelemetry(Lane lane, WorkerEnvironment environment)
{
    private readonly TaskLabels _lane = new(lane);
    private readonly TaskMetrics _metrics = environment.Metrics;

    private bool IsObserved => _metrics.ObservesAttempts || TaskActivities.Source.HasListeners();

    /// <summary>An attempt begins: its span is current for the handler.</summary>
    internal void Begin(TaskRun run)
    {
        run.Trace = default;
        if (IsObserved)
        {
            try
            {
                run.Trace = Observe(in run.Envelope, run.Task, run.Attempt);
            }
            catch (Exception failure)
            {
                ListenerFailed(failure);
            }
        }
    }

    /// <summary>An attempt came to its outcome.</summary>
    internal void End(TaskRun run, in Outcome outcome)
    {
        if (run.Trace.StartedAt != 0)
        {
            if (run.Trace.Activity is { } activity)
            {
                run.Held.Trace = activity.Context;
            }

            Finish(run.Trace, run.Task, in outcome);
        }
    }

    /// <summary>
    /// An attempt was given up; its handler still runs. Called under the lane's lock, and so observed a little later: those who listen are not our code.
    /// </summary>
    internal void Abandon(TaskRun run, in Outcome outcome)
    {
        if (run.Trace.StartedAt != 0)
        {
            environment.Scheduler.Queue(new Abandonment(this, run.Trace, run.Task, outcome));
        }
    }

    /// <summary>A delivery was not run: cancelled before, expired, or delivered too often.</summary>
    internal void Refuse(in EnvelopeView envelope, TaskDescriptor task, in Outcome outcome, int attempts)
    {
        if (IsObserved)
        {
            try
            {
                Finish(new AttemptTrace(StartSpan(in envelope, task, attempts), 0), task, in outcome);
            }
            catch (Exception failure)
            {
                ListenerFailed(failure);
            }
        }
    }

    /// <summary>A delivery is none that this worker can read.</summary>
    internal void Reject(HeldDelivery held)
    {
        if (IsObserved && held.Settlement.Note is { } note)
        {
            var outcome = new Outcome(OutcomeKind.DeadLettered) { Reason = note.Reason, Failure = note.Failure };
            List<KeyValuePair<string, object?>> tags = TaskActivities.TagsOf(Names.Operations.Process, _lane);
            try
            {
                Activity? activity = TaskActivities.Start(_lane.ProcessSpan, ActivityKind.Consumer, parent: default, tags);
                Finish(new AttemptTrace(activity, 0), task: null, in outcome);
            }
            catch (Exception failure)
            {
                ListenerFailed(failure);
            }
        }
    }

    /// <summary>The lease of a delivery was lost while it was in hand.</summary>
    internal void LeaseLost(HeldDelivery held)
    {
        try
        {
            _metrics.LeaseLost(_lane);
            held.Run?.Trace.Activity?.AddEvent(new ActivityEvent(Names.Events.LeaseLost));
        }
        catch (Exception failure)
        {
            ListenerFailed(failure);
        }
    }

    // Whoever listens is not our code: what it throws must not cost a task.
    private void ListenerFailed(Exception failure) => WorkerLog.ListenerFailed(environment.Logger, lane, failure);

    private AttemptTrace Observe(in EnvelopeView envelope, TaskDescriptor task, int attempt)
    {
        if (attempt == 1)
        {
            long ready = Math.Max(envelope.EnqueuedAt, envelope.NotBefore);
            long waited = environment.Time.GetUtcNow().ToUnixTimeMilliseconds() - ready;
            _metrics.Began(task, TimeSpan.FromMilliseconds(Math.Max(0, waited)));
        }

        Activity? activity = StartSpan(in envelope, task, attempt);

        // Zero means that nobody observes the attempt; no clock loses anything by starting at one.
        return new AttemptTrace(activity, Math.Max(1, environment.Time.GetTimestamp()));
    }

    private Activity? StartSpan(in EnvelopeView envelope, TaskDescriptor task, int attempt)
    {
        if (!TaskActivities.Source.HasListeners())
        {
            return null;
        }

        List<KeyValuePair<string, object?>> tags = TaskActivities.TagsOf(Names.Operations.Process, _lane);
        tags.Add(new(Names.Tags.MessageId, envelope.Id.ToString()));
        tags.Add(new(Names.Tags.Task, task.Name));
        tags.Add(new(Names.Tags.Attempt, attempt));
        if (environment.Worker is { } worker)
        {
            tags.Add(new(Names.Tags.ClientId, worker));
        }

        if (!envelope.Parent.IsEmpty)
        {
            tags.Add(new(Names.Tags.Parent, envelope.Parent.ToString()));
        }

        if (envelope.IsStep)
        {
            tags.Add(new(Names.Tags.Canvas, envelope.Canvas.ToString()));
        }

        if (envelope.Occurrence != 0)
        {
            tags.Add(new(Names.Tags.Schedule, Encoding.UTF8.GetString(envelope.Schedule)));
            tags.Add(new(Names.Tags.Occurrence, DateTimeOffset.FromUnixTimeMilliseconds(envelope.Occurrence).ToString("O", CultureInfo.InvariantCulture)));
        }

        return TaskActivities.Start(_lane.ProcessSpan, ActivityKind.Consumer, ProducerOf(in envelope), tags);
    }

    private void Finish(AttemptTrace trace, TaskDescriptor? task, in Outcome outcome, bool isAbandoned = false)
    {
        string? errorType = ErrorTypeOf(in outcome);
        try
        {
            // Whoever sees the span end finds its attempt counted.
            using Activity? activity = trace.Activity;
            if (activity is not null)
            {
                Describe(activity, in outcome, errorType);
            }

            if (isAbandoned)
            {
                _metrics.Abandoned(task!);
            }

            _metrics.Ended(_lane, task, in outcome, trace.StartedAt == 0 ? null : environment.Time.GetElapsedTime(trace.StartedAt), errorType);
        }
        catch (Exception failure)
        {
            ListenerFailed(failure);
        }
    }

    private static void Describe(Activity activity, in Outcome outcome, string? errorType)
    {
        activity.SetTag(Names.Tags.Outcome, TaskLabels.Of(outcome.Kind));
        if (outcome.Failure is { } failure)
        {
            TaskActivities.AddFailure(activity, failure);
        }

        if (errorType is not null)
        {
            TaskActivities.Fail(activity, errorType, outcome.Failure?.Message);
        }

        switch (outcome.Kind)
        {
            case OutcomeKind.Retry:
                activity.AddEvent(Event(Names.Events.Retry, Names.Tags.Delay, outcome.Delay.TotalSeconds));
                break;
            case OutcomeKind.Snoozed:
                activity.AddEvent(Event(Names.Events.Snooze, Names.Tags.Delay, outcome.Delay.TotalSeconds));
                break;
            case OutcomeKind.DeadLettered:
                activity.AddEvent(Event(Names.Events.DeadLetter, Names.Tags.Reason, TaskLabels.Of(outcome.Reason)));
                break;
        }
    }

    private static ActivityEvent Event(string name, string tag, object value) => new(name, tags: new ActivityTagsCollection { [tag] = value });

    // Cancelled, released and snoozed attempts ended as somebody wanted them to.
    private static string? ErrorTypeOf(in Outcome outcome) => outcome.Kind switch
    {
        OutcomeKind.Retry or OutcomeKind.DeadLettered or OutcomeKind.Failed => outcome.Failure?.Type ?? Names.OtherError,
        OutcomeKind.Lost => typeof(LeaseLostException).FullName,
        _ => null,
    };

    // An envelope is of any origin: what is no trace context is none.
    private static ActivityContext ProducerOf(in EnvelopeView envelope)
    {
        if (envelope.TraceParent.IsEmpty)
        {
            return default;
        }

        string parent = Encoding.UTF8.GetString(envelope.TraceParent);
        string? state = envelope.TraceState.IsEmpty ? null : Encoding.UTF8.GetString(envelope.TraceState);
        return ActivityContext.TryParse(parent, state, isRemote: true, out ActivityContext context) ? context : default;
    }

    private sealed class Abandonment(AttemptTelemetry telemetry, AttemptTrace trace, TaskDescriptor task, Outcome outcome) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            trace.Activity?.AddEvent(new ActivityEvent(Names.Events.Abandoned));
            telemetry.Finish(trace, task, in outcome, isAbandoned: true);
        }
    }
}
