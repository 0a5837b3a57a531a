using System.Diagnostics;
using TypedTasks.Engine;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>One enqueueing that somebody observes: its producer span and its measurements.</summary>
internal readonly struct SendTelemetry
{
    private readonly TaskDescriptor _task;
    private readonly TaskMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Activity? _activity;
    private readonly long _startedAt;

    private SendTelemetry(TaskDescriptor task, TaskMetrics metrics, TimeProvider time, Activity? activity)
    {
        _task = task;
        _metrics = metrics;
        _time = time;
        _activity = activity;
        _startedAt = time.GetTimestamp();
    }

    /// <summary>Whether anybody observes enqueueing: a few comparisons.</summary>
    internal static bool IsObserved(TaskMetrics metrics) => metrics.ObservesSends || TaskActivities.Source.HasListeners();

    /// <summary>Starts the span and makes it current, for the envelope to take its context from. Call it in an async method, which ends that with itself.</summary>
    internal static SendTelemetry Start(TaskDescriptor task, TaskId id, TaskMetrics metrics, TimeProvider time) => new(task, metrics, time, TryStartSpan(task, id));

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
            _metrics.Sent(_task, _time.GetElapsedTime(_startedAt), errorType);
        }
        catch (Exception)
        {
            // A listener threw. The task was accepted, or refused, all the same, and the caller is to hear that and nothing else.
        }
    }

    private static Activity? TryStartSpan(TaskDescriptor task, TaskId id)
    {
        try
        {
            return StartSpan(task, id);
        }
        catch (Exception)
        {
            // A listener threw: the task is enqueued all the same, without a span.
            return null;
        }
    }

    private static Activity? StartSpan(TaskDescriptor task, TaskId id)
    {
        if (!TaskActivities.Source.HasListeners())
        {
            return null;
        }

        List<KeyValuePair<string, object?>> tags = TaskActivities.TagsOf(Names.Operations.Send, task.Labels);
        tags.Add(new(Names.Tags.MessageId, id.ToString()));
        tags.Add(new(Names.Tags.Task, task.Name));
        if (CurrentTask.Id is { IsEmpty: false } parent)
        {
            tags.Add(new(Names.Tags.Parent, parent.ToString()));
        }

        return TaskActivities.Start(task.Labels.SendSpan, ActivityKind.Producer, parent: default, tags);
    }
}
