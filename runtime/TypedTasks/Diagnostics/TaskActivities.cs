using System.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>The spans' source, and what is common to all of them.</summary>
internal static class TaskActivities
{
    // What W3C asks a sender to carry at least; longer state is dropped rather than sent where the envelope would not take it.
    private const int MaxTraceStateLength = 512;

    internal static readonly ActivitySource Source = new(TypedTasksTelemetry.SourceName, TaskMetrics.Version ?? string.Empty);

    /// <summary>Puts the current trace and the task whose handler enqueues into the envelope: whether or not anybody listens to us.</summary>
    internal static void Stamp(ref EnvelopeAttributes attributes)
    {
        attributes.Parent = CurrentTask.Id;
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } current)
        {
            attributes.TraceParent = current.Id;
            attributes.TraceState = current.TraceStateString is { Length: > 0 and <= MaxTraceStateLength } state ? state : null;
        }
    }

    /// <summary>Starts a span and makes it current; none where nobody listens. A listener that throws leaves what was current before.</summary>
    internal static Activity? Start(string name, ActivityKind kind, ActivityContext parent, List<KeyValuePair<string, object?>> tags, List<ActivityLink>? links = null)
    {
        Activity? current = Activity.Current;
        try
        {
            return Source.StartActivity(name, kind, parent, tags, links);
        }
        catch
        {
            Activity.Current = current;
            throw;
        }
    }

    /// <summary>The first tags of every span; given at its start, so that a sampler sees them.</summary>
    internal static List<KeyValuePair<string, object?>> TagsOf(string operation, TaskLabels lane) =>
    [
        new(Names.Tags.System, Names.System),
        new(Names.Tags.OperationName, operation),
        new(Names.Tags.OperationType, operation),
        new(Names.Tags.Destination, lane.Destination),
    ];

    /// <summary>The error type of an exception.</summary>
    internal static string ErrorTypeOf(Exception failure) => failure.GetType().FullName ?? Names.OtherError;

    internal static void Fail(Activity activity, string errorType, string? description)
    {
        activity.SetTag(Names.Tags.ErrorType, errorType);
        activity.SetStatus(ActivityStatusCode.Error, description);
    }

    /// <summary>The event that the semantic conventions give an exception.</summary>
    internal static void AddFailure(Activity activity, TaskFailure failure) => activity.AddEvent(new ActivityEvent(Names.Events.Exception, tags: new ActivityTagsCollection
    {
        [Names.Tags.ExceptionType] = failure.Type,
        [Names.Tags.ExceptionMessage] = failure.Message,
        [Names.Tags.ExceptionStackTrace] = failure.StackTrace,
    }));
}
