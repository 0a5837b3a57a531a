using System.Text;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Results;

namespace TypedTasks.Worker;

/// <summary>The first steps of a delivery: is it an envelope, is its task known, and may it still run?</summary>
internal sealed class Admission(TaskDispatcher dispatcher, WorkerEnvironment environment)
{
    // The contract would say how long; for a task that is not known, the default.
    private static readonly TimeSpan UnknownTaskOutcomeKept = TimeSpan.FromHours(1);

    /// <summary>Why a delivery is not run, and after how many attempts.</summary>
    internal readonly record struct Refusal(Outcome Outcome, int Attempts);

    /// <summary>Reads the envelope and finds its task. Where that fails, the delivery's settlement says so, with its bytes kept.</summary>
    internal bool TryOpen(HeldDelivery held, out EnvelopeView envelope, out int index)
    {
        try
        {
            envelope = EnvelopeView.Read(held.Delivery.Envelope);
        }
        catch (MessagePackException malformed)
        {
            envelope = default;
            index = -1;
            Reject(held, TaskId.Empty, DeadLetterReason.Undecodable, TaskFailure.From(malformed));
            return false;
        }

        index = dispatcher.IndexOf(envelope.Name);
        if (index >= 0)
        {
            return true;
        }

        string name = Encoding.UTF8.GetString(envelope.Name);
        Reject(held, envelope.Id, DeadLetterReason.UnknownTask, new TaskFailure(
            "UnknownTask",
            $"This worker knows no task '{name}' in the contract '{dispatcher.ContractName}'. Deploy the worker that does, then requeue the task.",
            null));
        return false;
    }

    /// <summary>Null for a task that may run.</summary>
    internal Refusal? Refuse(HeldDelivery held, in EnvelopeView envelope, TaskDescriptor task)
    {
        int attempt = held.Delivery.Attempt;
        if (environment.Cancellations.Contains(envelope.Id))
        {
            return new Refusal(new Outcome(OutcomeKind.Cancelled), attempt - 1);
        }

        if (attempt > task.MaxAttempts || (task.AtMostOnce && attempt > 1))
        {
            return new Refusal(OutcomePolicy.DecideCrashed(task, attempt), attempt - 1);
        }

        return RefuseLate(held, in envelope);
    }

    /// <summary>Null for a task that may still start: its expiry and its caller's deadline lie ahead, if it has them.</summary>
    internal Refusal? RefuseLate(HeldDelivery held, in EnvelopeView envelope)
    {
        if ((envelope.Expires | envelope.Deadline) == 0 || !IsLate(in envelope, out long due))
        {
            return null;
        }

        int attempt = held.Delivery.Attempt;
        string why = attempt == 1
            ? "and no worker took it up in time"
            : $"and its attempt {attempt} would have started later, because those before it did not complete it";
        var failure = new TaskFailure("Expired", $"The task was to start by {DateTimeOffset.FromUnixTimeMilliseconds(due):O}, {why}.", null);
        return new Refusal(new Outcome(OutcomeKind.DeadLettered) { Reason = DeadLetterReason.Expired, Failure = failure }, attempt - 1);
    }

    private bool IsLate(in EnvelopeView envelope, out long due)
    {
        due = envelope.Expires == 0 ? envelope.Deadline
            : envelope.Deadline == 0 ? envelope.Expires
            : Math.Min(envelope.Expires, envelope.Deadline);
        return environment.Time.GetUtcNow().ToUnixTimeMilliseconds() > due;
    }

    private void Reject(HeldDelivery held, TaskId id, DeadLetterReason reason, TaskFailure failure)
    {
        WorkerLog.BadEnvelope(environment.Logger, dispatcher.ContractName, reason, failure.Message);
        DateTimeOffset now = environment.Time.GetUtcNow();
        OutcomeRecord.WriteWithin(held.Result, environment.MaxOutcomeLength, TaskState.DeadLettered, held.Delivery.Attempt, now.ToUnixTimeMilliseconds(), failure);
        held.Settlement = new Settlement
        {
            Delivery = held.Delivery,
            Kind = SettlementKind.DeadLetter,
            Id = id,
            State = TaskState.DeadLettered,
            Outcome = id.IsEmpty ? default : held.Result.Written,
            KeepOutcome = id.IsEmpty ? TimeSpan.Zero : UnknownTaskOutcomeKept,
            Note = new DeadLetterNote(reason, now, held.Delivery.Attempt, failure),
        };
    }
}
