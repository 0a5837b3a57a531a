using System.Diagnostics;
using TypedTasks.Engine;
using TypedTasks.Worker;
using Names = TypedTasks.Diagnostics.TelemetryNames;

namespace TypedTasks.Diagnostics;

/// <summary>Observes the settling of one lane: a client span for each batch, linked to the spans of the attempts that it settles, and how long it took.</summary>
internal sealed class SettleTelemetry(Lane lane, WorkerEnvironment environment)
{
    private readonly TaskLabels _lane = new(lane);

    /// <summary>One batch on its way to the engine; nothing while nobody observes it.</summary>
    internal readonly record struct Batch(Activity? Activity, long StartedAt);

    internal Batch Begin(ReadOnlySpan<HeldDelivery> deliveries)
    {
        if (!environment.Metrics.ObservesSettling && !TaskActivities.Source.HasListeners())
        {
            return default;
        }

        try
        {
            return new Batch(StartSpan(deliveries), environment.Time.GetTimestamp());
        }
        catch (Exception failure)
        {
            WorkerLog.ListenerFailed(environment.Logger, lane, failure);
            return default;
        }
    }

    internal void End(Batch batch, Exception? failure)
    {
        if (batch == default)
        {
            return;
        }

        string? errorType = failure is null ? null : TaskActivities.ErrorTypeOf(failure);
        try
        {
            if (batch.Activity is { } activity)
            {
                if (failure is not null)
                {
                    TaskActivities.Fail(activity, errorType!, failure.Message);
                }

                activity.Dispose();
            }

            environment.Metrics.Settled(_lane, environment.Time.GetElapsedTime(batch.StartedAt), errorType);
        }
        catch (Exception thrown)
        {
            WorkerLog.ListenerFailed(environment.Logger, lane, thrown);
        }
    }

    /// <summary>The engine refused a settlement, because the lease was lost.</summary>
    internal void LeaseLost(Batch batch, TaskId id)
    {
        try
        {
            environment.Metrics.LeaseLost(_lane);
        }
        catch (Exception failure)
        {
            WorkerLog.ListenerFailed(environment.Logger, lane, failure);
        }

        batch.Activity?.AddEvent(new ActivityEvent(Names.Events.LeaseLost, tags: new ActivityTagsCollection { [Names.Tags.MessageId] = id.ToString() }));
    }

    private Activity? StartSpan(ReadOnlySpan<HeldDelivery> deliveries)
    {
        if (!TaskActivities.Source.HasListeners())
        {
            return null;
        }

        var links = new List<ActivityLink>(deliveries.Length);
        foreach (HeldDelivery held in deliveries)
        {
            if (held.Trace != default)
            {
                links.Add(new ActivityLink(held.Trace));
            }
        }

        List<KeyValuePair<string, object?>> tags = TaskActivities.TagsOf(Names.Operations.Settle, _lane);
        tags.Add(new(Names.Tags.BatchCount, deliveries.Length));
        return TaskActivities.Start(_lane.SettleSpan, ActivityKind.Client, parent: default, tags, links);
    }
}
