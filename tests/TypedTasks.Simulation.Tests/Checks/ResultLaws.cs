using System.Buffers.Binary;
using System.Globalization;
using TypedTasks.Engine;
using TypedTasks.Results;
using TypedTasks.Simulation.Broker;

namespace TypedTasks.Simulation.Checks;

/// <summary>
/// The laws of results that may be large: the broker is never given more than it takes; what is larger is in the store for large outcomes when the task has ended
/// well, and comes back whole; where there is none, or it refuses, the task is a dead letter that says the size.
/// </summary>
internal sealed class ResultLaws(Ledger ledger, SimLargeFiles? files)
{
    // What an outcome record holds beside its result.
    private const int MostBeside = 64;

    private readonly HashSet<int> _refused = [];

    /// <summary>A large result of a run: its number at both ends, and between them bytes that depend on it.</summary>
    internal static byte[] ResultOf(RunRecord run, int size)
    {
        byte[] result = new byte[size];
        result.AsSpan().Fill((byte)run.Number);
        BinaryPrimitives.WriteInt32BigEndian(result, run.Number);
        BinaryPrimitives.WriteInt32BigEndian(result.AsSpan(size - sizeof(int)), run.Number);
        return result;
    }

    /// <summary>The number of the run whose result this is, if it is whole.</summary>
    internal int RunOf(byte[] result)
    {
        RunRecord? run = result.Length < sizeof(int) ? null : ledger.RunOf(BinaryPrimitives.ReadInt32BigEndian(result));
        return run is not null && result.AsSpan().SequenceEqual(ResultOf(run, ledger.PlanOf(run.Id).ResultSize))
            ? run.Number
            : throw ledger.Broken($"A result of {result.Length:N0} bytes came back that is not as any run gave it.");
    }

    /// <summary>The number of the run whose result a file of the store for large outcomes holds.</summary>
    private int RunOfFile(byte[] outcome) => RunOf(OutcomeRecord.Read(outcome).ReadResult<byte[], SimTasksTasks.LargeArguments>());

    /// <summary>The number of the run whose result an outcome record holds, or names.</summary>
    internal int RunOf(SimTask task)
    {
        OutcomeRecord record = OutcomeRecord.Read(task.Outcome);
        if (ledger.PlanOf(task.Id).Kind != TaskKind.Large)
        {
            return record.ReadResult<int, SimTasksTasks.PlainArguments>();
        }

        if (!record.Elsewhere.IsEmpty)
        {
            byte[] file = files?.Read(record.Elsewhere) ?? [];
            record = file.Length > 0 ? OutcomeRecord.Read(file) : throw ledger.Broken($"{task.Id} ended well, and its result is not in the store where it should be.");
        }

        return RunOf(record.ReadResult<byte[], SimTasksTasks.LargeArguments>());
    }

    /// <summary>The broker is given something to keep.</summary>
    internal void Given(string what, int length)
    {
        if (length > SimBroker.Limits.MaxOutcomeLength)
        {
            throw ledger.Broken($"The broker is given {what} of {length:N0} bytes, and takes {SimBroker.Limits.MaxOutcomeLength:N0}.");
        }
    }

    /// <summary>The store for large outcomes takes one: it must not take the place of one that a task has ended with.</summary>
    internal void Taken(TaskId place, byte[] outcome)
    {
        int run = RunOfFile(outcome);
        foreach (SimTask task in ledger.AcceptedTasks)
        {
            if (task.State == TaskState.Succeeded && OutcomeRecord.Read(task.Outcome).Elsewhere == place && RunOf(task) is var recorded && recorded != run)
            {
                throw ledger.Broken($"{task.Id} ended with the result of run {recorded}, and run {run} of {ledger.RunOf(run)!.Id} writes its own in the place of it.");
            }
        }
    }

    /// <summary>The store for large outcomes did not take one.</summary>
    internal void Refused(byte[] outcome) => _refused.Add(RunOfFile(outcome));

    /// <summary>A worker makes a task a dead letter because its result was refused.</summary>
    internal void DeadLettered(SimTask task, DeadLetterNote note)
    {
        HandlerPlan plan = ledger.PlanOf(task.Id);
        string message = note.Failure?.Message ?? string.Empty;
        string size = new([.. message.SkipWhile(letter => !char.IsAsciiDigit(letter)).TakeWhile(letter => char.IsAsciiDigit(letter) || letter == ',')]);
        if (!int.TryParse(size, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out int said) || said < plan.ResultSize || said > plan.ResultSize + MostBeside)
        {
            throw ledger.Broken($"{task.Id} is a dead letter for its result of {plan.ResultSize:N0} bytes, and does not say that: {message}");
        }

        if (plan.ResultSize + MostBeside <= SimBroker.Limits.MaxOutcomeLength - MostBeside || (files is not null && !_refused.Any(run => ledger.RunOf(run)!.Id == task.Id)))
        {
            throw ledger.Broken($"{task.Id} is a dead letter for its result of {plan.ResultSize:N0} bytes, and nobody refused that: {message}");
        }
    }
}
