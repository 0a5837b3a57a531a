using System.Runtime.CompilerServices;
using TypedTasks.Envelopes;
using TypedTasks.Idempotency;
using TypedTasks.MessagePack;

namespace TypedTasks.Worker;

/// <summary>
/// What happens to a delivery, step by step: open the envelope, ask whether it may run, claim its key, run the handler, decide what it came to, record
/// that under the key, and say how it is to be settled. Every delivery leaves by exactly one settlement.
/// </summary>
internal sealed class TaskPipeline(TaskDispatcher dispatcher, LaneWorker lane, LaneWatchdog watchdog, WorkerEnvironment environment)
{
    private readonly Admission _admission = new(dispatcher, environment);
    private readonly ClaimStep _claims = new(dispatcher, lane, environment);
    private readonly ContinueStep _continuing = new(lane, environment);

    /// <summary>
    /// Runs a delivery, and returns it with its settlement; null when it was given up and settled meanwhile, so that its run is not to be used again.
    /// Allocates nothing when the handler completes synchronously. Throws nothing.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<HeldDelivery?> RunAsync(HeldDelivery held, TaskRun run)
    {
        if (!_admission.TryOpen(held, out EnvelopeView envelope, out int index))
        {
            lane.Telemetry.Reject(held);
            if (envelope.HasNext)
            {
                await _continuing.TellAsync(held, task: null, new Outcome(OutcomeKind.DeadLettered)).ConfigureAwait(false);
            }

            return held;
        }

        TaskDescriptor task = dispatcher.Tasks[index];
        if (_admission.Refuse(held, in envelope, task) is { } refusal)
        {
            Outcome refused = refusal.Outcome.Kind == OutcomeKind.Failed
                ? await _claims.RecallAsync(held, envelope.Id, task, refusal.Outcome).ConfigureAwait(false)
                : refusal.Outcome;
            if (envelope.HasNext)
            {
                refused = await _continuing.ContinueAsync(held, task, refused, trace: null).ConfigureAwait(false);
            }

            lane.Telemetry.Refuse(in envelope, task, in refused, refusal.Attempts);
            Conclude(held, held.Result, in envelope, task, refusal.Attempts, refused);
            return held;
        }

        run.Begin(held, in envelope, task);
        lane.Telemetry.Begin(run);
        watchdog.Watch(run);
        Claim claim = Claim.None;
        AttemptEnd end;
        try
        {
            if (ClaimStep.IsNeeded(task))
            {
                claim = await _claims.ClaimAsync(run, index).ConfigureAwait(false);
                if (!claim.IsHeld)
                {
                    return await FinishUnrunAsync(run, claim).ConfigureAwait(false) ? held : null;
                }
            }

            if (task.Execution == TaskExecution.Dedicated && lane.Threads is { } threads)
            {
                await run.Hop.To(threads).ConfigureAwait(false);
            }

            // Waiting for the claim or for a thread may have taken long: what has expired meanwhile, or was told to stop, does not start.
            if (_admission.RefuseLate(held, in run.Envelope) is { } late)
            {
                return await FinishLateAsync(run, claim, late).ConfigureAwait(false) ? held : null;
            }

            run.ThrowIfStopped();
            await dispatcher.DispatchAsync(index, run).ConfigureAwait(false);
            run.FinishSuccess();
            end = default;
        }
        catch (Exception failure)
        {
            end = new AttemptEnd(failure, StopReason.None)
            {
                IsUndecodable = failure is (MessagePackException or TaskKeyException) && !run.HasReadArguments,
                IsResultUnwritable = failure is MessagePackException && run.IsWritingResult,
            };
        }

        if (watchdog.Unwatch(run))
        {
            Outcome outcome = Decide(run, end with { StopReason = run.End() });
            if (claim.IsHeld || run.Envelope.HasNext || (outcome.Kind == OutcomeKind.Completed && run.IsResultLarge))
            {
                outcome = await RecordAsync(run, claim, outcome).ConfigureAwait(false);
            }

            lane.Telemetry.End(run, in outcome);
            Conclude(held, held.Result, in run.Envelope, task, run.Attempt, outcome);
            return held;
        }

        if (claim.IsHeld && !task.AtMostOnce)
        {
            // The attempt was given up and settled long ago; now that its handler has ended, others of its key may run. One that runs at most once was started, for good.
            await _claims.ReleaseAsync(run, claim).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>Settles an attempt that did not end when it was told to. Its handler may still run, so nothing of the run is used again. Called under the lane's lock.</summary>
    /// <remarks>An idempotency key stays claimed until the handler ends: the next attempt of the same task takes it over, other tasks of the key wait.</remarks>
    internal void Abandon(TaskRun run)
    {
        run.IsAbandoned = true;
        var end = new AttemptEnd(Exception: null, run.StopReason) { IsAbandoned = true };
        WorkerLog.Abandoned(environment.Logger, run.Task.Name, run.Envelope.Id, run.Attempt, end.StopReason);
        Outcome outcome = Decide(run, end);
        lane.Telemetry.Abandon(run, in outcome);
        Conclude(run.Held, new ResultBuffer(), in run.Envelope, run.Task, run.Attempt, outcome);
        if (run.Envelope.HasNext)
        {
            _continuing.ContinueSoon(run.Held, run.Task, outcome);
        }
        else
        {
            lane.Settler.Add(run.Held);
        }
    }

    // Only a back-off needs chance.
    private Outcome Decide(TaskRun run, AttemptEnd end) =>
        OutcomePolicy.Decide(run.Task, run.Attempt, end, end is { Exception: null, IsAbandoned: false } ? 0 : environment.Random.NextDouble()) with { Thrown = OutcomeLog.Shown(end) };

    /// <summary>Does what an outcome asks for before it is settled: stores a large one, records that of a keyed task under its key, and enqueues what follows a step of a canvas.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Outcome> RecordAsync(TaskRun run, Claim claim, Outcome outcome)
    {
        if (outcome.Kind == OutcomeKind.Completed && run.IsResultLarge)
        {
            outcome = await LargeOutcomes.StoreAsync(environment, run, outcome).ConfigureAwait(false);
        }

        if (claim.IsHeld)
        {
            // The result first, then the settlement.
            outcome = await _claims.EndAsync(run, claim, outcome).ConfigureAwait(false);
        }

        // Before the task is seen to have ended: whoever then asks for what follows finds it.
        return await _continuing.ContinueAsync(run, outcome).ConfigureAwait(false);
    }

    /// <summary>Settles a delivery whose handler did not run, because its key was not to be had; false when it was given up meanwhile.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishUnrunAsync(TaskRun run, Claim claim)
    {
        if (!watchdog.Unwatch(run))
        {
            return false;
        }

        StopReason stopped = run.End();
        Outcome decided = stopped is StopReason.LeaseLost ? new Outcome(OutcomeKind.Lost) : _claims.DecideUnrun(run, claim);
        Outcome outcome = await _continuing.ContinueAsync(run, decided).ConfigureAwait(false);
        lane.Telemetry.End(run, in outcome);
        Conclude(run.Held, run.Held.Result, in run.Envelope, run.Task, run.Attempt, outcome);
        return true;
    }

    /// <summary>Settles a delivery that expired before its handler could start, and lets its key go; false when it was given up meanwhile.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> FinishLateAsync(TaskRun run, Claim claim, Admission.Refusal late)
    {
        bool isOurs = watchdog.Unwatch(run);
        if (claim.IsHeld)
        {
            // Nothing was started under it, so that even a task that runs at most once may be requeued.
            await _claims.ReleaseAsync(run, claim).ConfigureAwait(false);
        }

        if (isOurs)
        {
            Outcome decided = run.End() == StopReason.LeaseLost ? new Outcome(OutcomeKind.Lost) : late.Outcome;
            Outcome outcome = await _continuing.ContinueAsync(run, decided).ConfigureAwait(false);
            lane.Telemetry.End(run, in outcome);
            Conclude(run.Held, run.Held.Result, in run.Envelope, run.Task, late.Attempts, outcome);
        }

        return isOurs;
    }

    private void Conclude(HeldDelivery held, ResultBuffer record, in EnvelopeView envelope, TaskDescriptor task, int attempt, Outcome outcome)
    {
        OutcomeLog.Write(environment.Logger, task, envelope.Id, attempt, in outcome);
        held.Settlement = SettlementFactory.Create(
            held.Delivery, record, envelope.Id, attempt, envelope.KeepOutcomeOf(task), outcome, environment.Time, environment.MaxOutcomeLength);
    }
}
