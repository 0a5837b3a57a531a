using TypedTasks.Engine;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>The way of a result that is larger than the engine takes: into the store for large outcomes, or else among the dead letters.</summary>
internal static class LargeOutcomes
{
    /// <summary>Stores the run's outcome elsewhere and leaves a note of that in its place.</summary>
    internal static async ValueTask<Outcome> StoreAsync(WorkerEnvironment environment, TaskRun run, Outcome outcome)
    {
        ResultBuffer result = run.Held.Result;
        if (environment.LargeOutcomes is not { } store)
        {
            return Refused(run, $"The result has {result.Length:N0} bytes, and the engine takes {environment.MaxOutcomeLength:N0}. Return a reference to it, or register a store for large outcomes.");
        }

        // A place of its own for every attempt: one that lost its lease writes over nothing, and only who settles says where the outcome is.
        TaskId place = TaskId.New(environment.Time.GetUtcNow());
        try
        {
            // An idempotency key may serve this outcome for longer than the task itself keeps it.
            TimeSpan keep = run.Task.Idempotency == TaskIdempotency.Keyed && run.Task.IdempotencyWindow > run.Task.KeepOutcome ? run.Task.IdempotencyWindow : run.Task.KeepOutcome;
            await store.WriteAsync(place, result.Written, keep, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            return Refused(run, $"The result has {result.Length:N0} bytes, more than the engine takes, and the store for large outcomes refused it: {failure.Message}");
        }

        result.Clear();
        OutcomeRecord.WriteElsewhere(result, place, TaskState.Succeeded, run.Attempt, environment.Time.GetUtcNow().ToUnixTimeMilliseconds());
        return outcome;
    }

    private static Outcome Refused(TaskRun run, string message)
    {
        var failure = new TaskFailure("ResultRefused", message, null);
        return run.Task.AtMostOnce
            ? new Outcome(OutcomeKind.Failed) { Failure = failure }
            : new Outcome(OutcomeKind.DeadLettered) { Reason = DeadLetterReason.ResultRefused, Failure = failure };
    }
}
