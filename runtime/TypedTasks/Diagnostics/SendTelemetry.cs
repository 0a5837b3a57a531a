using System.Diagnostics;
using TypedTasks.Canvases;
using TypedTasks.Engine;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>One enqueueing that somebody observes: its producer span and its measurements.</summary>
internal readonly struct SendTelemetry
{
    private readonly TaskLabels _lane;
    private readonly string _task;
    private readonly TaskMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Activity? _activity;
    private readonly long _startedAt;

    private SendTelemetry(TaskLabels lane, string task, TaskMetrics metrics, TimeProvider time, Activity? activity)
    {
        _lane = lane;
        _task = task;
        _metrics = metrics;
        _time = time;
        _activity = activity;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Whether anybody observes enqueueing: a few comparisons.</summary>
    internal static bool IsObserved(TaskMetrics metrics) => metrics.ObservesSends || TaskActivities.Source.HasListeners();

    /// <summary>Starts the span and makes it current, for the envelope to take its context from. Call it in an async method, which ends that with itself.</summary>
    internal static SendTelemetry Start(TaskDescriptor task, TaskId id, TaskMetrics metrics, TimeProvider time) =>
        new(task.Labels, task.Name, metrics, time, TryStartSpan(task.Labels, task.Name, id, CurrentTask.Id, canvas: default, trace: default));

    /// <summary>As the other, for a step of a canvas, which goes on with the trace that it carries where none is current.</summary>
    internal static SendTelemetry Start(TaskLabels lane, string task, TaskId id, CanvasCarry carry, TaskMetrics metrics, TimeProvider time)
    {
        ActivityContext trace = default;
        if (Activity.Current is null)
        {
            ActivityContext.TryParse(carry.TraceParent, carry.TraceState, isRemote: true, out trace);
        }

        return new SendTelemetry(lane, task, metrics, time, TryStartSpan(lane, task, id, carry.Parent, carry.Canvas, trace));
    }

    /// <summary>The W3C id of the span, or null where there is none.</summary>
    internal string? TraceParent => _activity is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    internal void Succeeded(PublishStatus status)
    {
        if (status == PublishStatus.Duplicate)
        {
            _activity?.SetTag(Names.Tags.Duplicate, true);
        }

        End(errorType: null);
    }

    internal void Failed(Exception failure)
    {
        string errorType = TaskActivities.ErrorTypeOf(failure);
        if (_activity is not null)
        {
            TaskActivities.Fail(_activity, errorType, failure.Message);
        }

        End(errorType);
    }

    private void End(string? errorType)
    {
        try
        {
            _activity?.Dispose();
            _metrics.Sent(_lane, _task, _time.GetElapsedTime(_startedAt), errorType);
        }
        catch (Exception)
        {
            // A listener threw. The task was accepted, or refused, all the same, and the caller is to hear that and nothing else.
        }
    }

    private static Activity? TryStartSpan(TaskLabels lane, string task, TaskId id, TaskId parent, TaskId canvas, ActivityContext trace)
    {
        try
        {
            return StartSpan(lane, task, id, parent, canvas, trace);
        }
        catch (Exception)
        {
            // A listener threw: the task is enqueued all the same, without a span.
            return null;
        }
    }

    private static Activity? StartSpan(TaskLabels lane, string task, TaskId id, TaskId parent, TaskId canvas, ActivityContext trace)
    {
        if (!TaskActivities.Source.HasListeners())
        {
            return null;
        }

        List<KeyValuePair<string, object?>> tags = TaskActivities.TagsOf(Names.Operations.Send, lane);
        tags.Add(new(Names.Tags.MessageId, id.ToString()));
        tags.Add(new(Names.Tags.Task, task));
        if (!parent.IsEmpty)
        {
            tags.Add(new(Names.Tags.Parent, parent.ToString()));
        }

        if (!canvas.IsEmpty)
        {
            tags.Add(new(Names.Tags.Canvas, canvas.ToString()));
        }

        return TaskActivities.Start(lane.SendSpan, ActivityKind.Producer, trace, tags);
    }
}
