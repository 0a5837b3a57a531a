using TypedTasks.Engine;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>Turns an outcome into what the engine is told: the settlement and the outcome record.</summary>
internal static class SettlementFactory
{
    // The record holds that of a success already; that of any other end is written here.
    internal static Settlement Create(Delivery delivery, ResultBuffer record, TaskId id, int attempt, TimeSpan keep, in Outcome outcome, TimeProvider time, int maxOutcomeLength)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Completed:
                return End(SettlementKind.Complete, TaskState.Succeeded);
            case OutcomeKind.Cancelled:
                WriteRecord(TaskState.Cancelled, in outcome);
                return End(SettlementKind.Complete, TaskState.Cancelled);
            case OutcomeKind.Failed:
                WriteRecord(TaskState.Failed, in outcome);
                return End(SettlementKind.Complete, TaskState.Failed);
            case OutcomeKind.DeadLettered:
                TaskState state = outcome.Reason == DeadLetterReason.Expired ? TaskState.Expired : TaskState.DeadLettered;
                WriteRecord(state, in outcome);
                return End(SettlementKind.DeadLetter, state, new DeadLetterNote(outcome.Reason, time.GetUtcNow(), attempt, outcome.Failure));
            case OutcomeKind.Retry:
                return new Settlement { Delivery = delivery, Kind = SettlementKind.Retry, Id = id, Delay = outcome.Delay };
            case OutcomeKind.Snoozed:
                return new Settlement { Delivery = delivery, Kind = SettlementKind.Retry, Id = id, Delay = outcome.Delay, Uncounted = true };
            case OutcomeKind.Lost:
                // As far as this worker knows. If the engine knows better, the attempt is over all the same, and counts.
                return new Settlement { Delivery = delivery, Kind = SettlementKind.Retry, Id = id };
            default:
                return new Settlement { Delivery = delivery, Kind = SettlementKind.Release, Id = id };
        }

        void WriteRecord(TaskState state, in Outcome outcome) =>
            OutcomeRecord.WriteWithin(record, maxOutcomeLength, state, attempt, time.GetUtcNow().ToUnixTimeMilliseconds(), outcome.Failure);

        Settlement End(SettlementKind kind, TaskState state, DeadLetterNote? note = null) => new()
        {
            Delivery = delivery,
            Kind = kind,
            Id = id,
            State = state,
            Outcome = keep > TimeSpan.Zero ? record.Written : default,
            KeepOutcome = keep,
            Note = note,
        };
    }
}
