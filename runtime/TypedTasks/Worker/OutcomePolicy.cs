using TypedTasks.Engine;
using TypedTasks.MessagePack;

namespace TypedTasks.Worker;

/// <summary>Decides what an attempt comes to: a pure function of how it ended, of which attempt it was, and of the task's contract.</summary>
internal static class OutcomePolicy
{
    /// <param name="task">The task.</param>
    /// <param name="attempt">The attempt that ended, from 1.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="random">A number from 0 (inclusive) to 1 (exclusive), for the back-off's jitter.</param>
    internal static Outcome Decide(TaskDescriptor task, int attempt, AttemptEnd end, double random)
    {
        if (end.StopReason == StopReason.LeaseLost)
        {
            return new Outcome(OutcomeKind.Lost);
        }

        if (end is { Exception: null, IsAbandoned: false })
        {
            // The handler ended well although it had been told to stop: its work is done, and is kept.
            return new Outcome(OutcomeKind.Completed);
        }

        return end.Exception switch
        {
            RetryException retry => RetryOr(task, attempt, retry.Delay ?? task.Backoff.DelayAfter(attempt, random), TaskFailure.FromHandler(retry)),
            SnoozeException snooze when task.AtMostOnce => new Outcome(OutcomeKind.Failed) { Failure = TaskFailure.From(snooze) },
            SnoozeException snooze => new Outcome(OutcomeKind.Snoozed) { Delay = snooze.Delay },
            DeadLetterException dead => DeadOr(task, DeadLetterReason.NotTransient, TaskFailure.FromHandler(dead)),
            _ => DecideFailure(task, attempt, end, random),
        };
    }

    /// <summary>What becomes of a delivery that comes too often: each earlier attempt took its worker with it.</summary>
    internal static Outcome DecideCrashed(TaskDescriptor task, int attempt) =>
        DeadOr(task, DeadLetterReason.WorkerCrashed, new TaskFailure(
            "WorkerCrashed",
            $"The worker vanished in {(attempt == 2 ? "the one attempt" : $"each of {attempt - 1} attempts")}: the process ended, or could not renew its lease.",
            null));

    private static Outcome DecideFailure(TaskDescriptor task, int attempt, AttemptEnd end, double random)
    {
        switch (end.StopReason)
        {
            case StopReason.Cancelled:
                return new Outcome(OutcomeKind.Cancelled) { Failure = Failure(end) };
            case StopReason.Shutdown when end.IsAbandoned || end.Exception is OperationCanceledException:
                return new Outcome(task.AtMostOnce ? OutcomeKind.Failed : OutcomeKind.Released) { Failure = Failure(end) };
            case StopReason.Deadline:
                return DeadOr(task, DeadLetterReason.Expired, Failure(end));
            case StopReason.TimeLimit when end.IsAbandoned || end.Exception is OperationCanceledException:
                return RetryOr(task, attempt, task.Backoff.DelayAfter(attempt, random), new TaskFailure(
                    typeof(TimeoutException).FullName!,
                    $"The attempt ran longer than its time limit of {task.TimeLimit}" + (end.IsAbandoned ? " and did not observe its cancellation token." : "."),
                    end.Exception is { } stopped ? TaskFailure.From(stopped).StackTrace : null));
        }

        if (end.IsUndecodable)
        {
            return DeadOr(task, DeadLetterReason.Undecodable, Failure(end));
        }

        if (end.IsResultUnwritable)
        {
            TaskFailure unwritable = Failure(end);
            return DeadOr(task, DeadLetterReason.ResultRefused, unwritable with { Message = $"The handler's result cannot be written: {unwritable.Message}" });
        }

        if (end.Exception is PayloadTooLargeException)
        {
            return DeadOr(task, DeadLetterReason.ResultRefused, Failure(end));
        }

        return task.IsTransient is { } isTransient && !isTransient(end.Exception!)
            ? DeadOr(task, DeadLetterReason.NotTransient, Failure(end))
            : RetryOr(task, attempt, task.Backoff.DelayAfter(attempt, random), Failure(end));
    }

    private static Outcome RetryOr(TaskDescriptor task, int attempt, TimeSpan delay, TaskFailure failure) =>
        attempt < task.MaxAttempts && !task.AtMostOnce
            ? new Outcome(OutcomeKind.Retry) { Delay = delay, Failure = failure }
            : DeadOr(task, DeadLetterReason.AttemptsExhausted, failure);

    private static Outcome DeadOr(TaskDescriptor task, DeadLetterReason reason, TaskFailure failure) =>
        task.AtMostOnce
            ? new Outcome(OutcomeKind.Failed) { Failure = failure }
            : new Outcome(OutcomeKind.DeadLettered) { Reason = reason, Failure = failure };

    private static TaskFailure Failure(AttemptEnd end) => end.Exception is { } exception
        ? TaskFailure.From(exception)
        : new TaskFailure("Abandoned", "The attempt did not end when it was told to, and was given up.", null);
}
