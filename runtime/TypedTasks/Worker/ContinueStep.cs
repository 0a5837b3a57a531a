using System.Diagnostics;
using System.Text;
using TypedTasks.Canvases;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>
/// The last step of the pipeline for a task that something follows in its canvas: enqueues that before the task is settled, so that neither a crash in between nor a second delivery loses or doubles it.
/// </summary>
internal sealed class ContinueStep(LaneWorker lane, WorkerEnvironment environment)
{
    /// <summary>As the other, for an attempt; nothing where nothing follows it.</summary>
    internal ValueTask<Outcome> ContinueAsync(TaskRun run, Outcome outcome) =>
        run.Envelope.HasNext ? ContinueAsync(run.Held, run.Task, outcome, run.Trace.Activity) : new ValueTask<Outcome>(outcome);

    /// <summary>
    /// Goes on after a success, and tells the group of a failure for good. Goes on until the engine answers, the lease is lost, or the lane gives up settling: the handler's work is done, and must not be
    /// done again for want of an answer.
    /// </summary>
    /// <param name="held">The delivery, still unsettled.</param>
    /// <param name="task">The task; null where this worker does not know it.</param>
    /// <param name="outcome">What it came to.</param>
    /// <param name="trace">The attempt's span, which what follows has for a parent.</param>
    /// <returns>The outcome; another where what follows a success cannot be enqueued.</returns>
    internal async ValueTask<Outcome> ContinueAsync(HeldDelivery held, TaskDescriptor? task, Outcome outcome, Activity? trace)
    {
        if (outcome.Kind is not (OutcomeKind.Completed or OutcomeKind.Failed or OutcomeKind.DeadLettered or OutcomeKind.Cancelled))
        {
            return outcome;
        }

        bool isBroken = false;
        for (int failures = 1; ; failures++)
        {
            try
            {
                await ContinueAsync(EnvelopeView.Read(held.Delivery.Envelope), held, outcome.Kind == OutcomeKind.Completed, trace).ConfigureAwait(false);
                return outcome;
            }
            catch (Exception failure) when (CanvasRunner.IsLasting(failure))
            {
                if (outcome.Kind == OutcomeKind.Completed)
                {
                    // A failure for good by now, of which a group that counts ends is told like of any other.
                    outcome = Broken(task, failure);
                    isBroken = true;
                    continue;
                }

                if (!isBroken)
                {
                    (TaskId id, string name) = NameOf(held);
                    WorkerLog.GroupUntold(environment.Logger, name, id, failure.Message);
                }

                return outcome;
            }
            catch (Exception failure)
            {
                // The engine did not answer, or its queue is full: it is still owed.
                (TaskId id, string name) = NameOf(held);
                WorkerLog.ContinuingFailed(environment.Logger, name, id, failures, failure);
                if (Volatile.Read(ref held.IsLost) || !await EngineRetry.PauseAsync(failures, environment, lane.Settler.Aborted).ConfigureAwait(false))
                {
                    return new Outcome(OutcomeKind.Lost);
                }
            }
        }
    }

    /// <summary>As the continuing of the pipeline, for a failure whose settlement is decided: that stands only once its group is told.</summary>
    internal async ValueTask TellAsync(HeldDelivery held, TaskDescriptor? task, Outcome outcome)
    {
        if ((await ContinueAsync(held, task, outcome, trace: null).ConfigureAwait(false)).Kind == OutcomeKind.Lost)
        {
            // As far as this worker knows. If the engine knows better, the next delivery tells.
            held.Settlement = new Settlement { Delivery = held.Delivery, Kind = SettlementKind.Retry, Id = held.Settlement.Id };
        }
    }

    /// <summary>As the continuing of the pipeline, for a delivery that was given up, which is then settled as it was decided. Called under the lane's lock.</summary>
    internal void ContinueSoon(HeldDelivery held, TaskDescriptor task, Outcome outcome) =>
        environment.Scheduler.Queue(new Continuation(this, held, task, outcome));

    private ValueTask ContinueAsync(in EnvelopeView envelope, HeldDelivery held, bool succeeded, Activity? trace)
    {
        CanvasSequence next = CanvasSequence.Read(envelope.Next);
        CanvasCarry carry = CarryOf(in envelope, trace);
        return succeeded
            ? environment.Canvases.StartAsync(next, ResultOf(held), carry, start: null, CancellationToken.None)
            : environment.Canvases.FailAsync(next, carry, CancellationToken.None);
    }

    private static Outcome Broken(TaskDescriptor? task, Exception failure)
    {
        var broken = new TaskFailure(CanvasRunner.Broken, $"The task succeeded, but what follows it in its canvas cannot be enqueued: {failure.Message}", null);
        return task is { AtMostOnce: true }
            ? new Outcome(OutcomeKind.Failed) { Failure = broken }
            : new Outcome(OutcomeKind.DeadLettered) { Reason = DeadLetterReason.CanvasBroken, Failure = broken };
    }

    private static (TaskId Id, string Name) NameOf(HeldDelivery held)
    {
        EnvelopeView envelope = EnvelopeView.Read(held.Delivery.Envelope);
        return (envelope.Id, Encoding.UTF8.GetString(envelope.Name));
    }

    /// <summary>The result as it stands in the outcome's record; none where that is only a note of where it is.</summary>
    private static ReadOnlyMemory<byte> ResultOf(HeldDelivery held)
    {
        OutcomeRecord record = OutcomeRecord.Read(held.Result.Written);
        return record.Elsewhere.IsEmpty ? record.Result : default;
    }

    private static CanvasCarry CarryOf(in EnvelopeView envelope, Activity? trace) => new()
    {
        Canvas = envelope.Canvas,
        Follows = true,
        Parent = envelope.Id,
        TraceParent = trace is { IdFormat: ActivityIdFormat.W3C } ? trace.Id : envelope.TraceParent.IsEmpty ? null : Encoding.UTF8.GetString(envelope.TraceParent),
        TraceState = envelope.TraceState.IsEmpty ? null : Encoding.UTF8.GetString(envelope.TraceState),
        Deadline = envelope.Deadline,
        Headers = envelope.Headers.IsEmpty ? null : EnvelopeHeaders.Read(envelope.Headers),
    };

    private async Task SettleAsync(HeldDelivery held, TaskDescriptor task, Outcome outcome)
    {
        await TellAsync(held, task, outcome).ConfigureAwait(false);
        lock (lane.Gate)
        {
            lane.Settler.Add(held);
        }
    }

    /// <summary>Runs away from the lane's lock.</summary>
    private sealed class Continuation(ContinueStep step, HeldDelivery held, TaskDescriptor task, Outcome outcome) : IThreadPoolWorkItem
    {
        void IThreadPoolWorkItem.Execute() => _ = step.SettleAsync(held, task, outcome);
    }
}
