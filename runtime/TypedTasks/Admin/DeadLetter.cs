using TypedTasks.Calls;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks;

/// <summary>A task that failed for good, with all that is needed to judge it and to run it again.</summary>
/// <param name="Lane">The lane that it came from, and goes back to.</param>
/// <param name="Id">The task's id.</param>
/// <param name="Reason">The kind of reason.</param>
/// <param name="At">When it became a dead letter.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record DeadLetter(Lane Lane, TaskId Id, DeadLetterReason Reason, DateTimeOffset At, int Attempts)
{
    /// <summary>The last failure, or null.</summary>
    public TaskFailure? Failure { get; init; }

    /// <summary>The task's name, such as <c>invoices.generate</c>; null where the envelope cannot be read.</summary>
    public string? TaskName { get; init; }

    /// <summary>When it was enqueued, by the producer's clock; null where the envelope cannot be read.</summary>
    public DateTimeOffset? EnqueuedAt { get; init; }

    /// <summary>The task whose handler enqueued it; empty for none.</summary>
    public TaskId Parent { get; init; }

    /// <summary>The original bytes: the whole envelope, as the producer wrote it.</summary>
    public ReadOnlyMemory<byte> Envelope { get; init; }

    /// <summary>
    /// Reads the arguments that the task was called with: <c>letter.TryReadArguments(out InvoicesTasks.GenerateArguments arguments)</c>.
    /// </summary>
    /// <typeparam name="TArguments">The generated struct of the task's arguments.</typeparam>
    /// <param name="arguments">The arguments.</param>
    /// <returns>False where the letter is another task's, or its bytes are not this task's arguments, which may be why it is a dead letter.</returns>
    public bool TryReadArguments<TArguments>(out TArguments arguments)
        where TArguments : struct, ITaskArguments<TArguments>
    {
        try
        {
            EnvelopeView envelope = EnvelopeView.Read(Envelope);
            if (envelope.Name.SequenceEqual(TArguments.Task.Utf8Name))
            {
                var reader = new MessagePackReader(envelope.Arguments);
                arguments = TArguments.Read(ref reader);
                return true;
            }
        }
        catch (MessagePackException)
        {
            // ArgumentsToJson shows what is there instead.
        }

        arguments = default;
        return false;
    }

    /// <summary>
    /// The arguments as JSON, for people, whatever the task: an array in the order of the parameters. An annotated type with names is an object, any other an array of its
    /// members; binary is base64, a moment is ISO 8601, and a map whose keys are not text is a list of pairs.
    /// </summary>
    /// <returns>The text, at most some six characters a byte; null where the bytes are no envelope.</returns>
    public string? ArgumentsToJson()
    {
        try
        {
            return MessagePackJson.Convert(EnvelopeView.Read(Envelope).Arguments);
        }
        catch (MessagePackException)
        {
            return null;
        }
    }
}

/// <summary>Which dead letters are meant: those that every given property fits. The default means all.</summary>
public readonly record struct DeadLetterFilter
{
    /// <summary>Those of this queue.</summary>
    public string? Queue { get; init; }

    /// <summary>Those of this contract.</summary>
    public string? Contract { get; init; }

    /// <summary>Those of this task, by its whole name: <c>invoices.generate</c>.</summary>
    public string? TaskName { get; init; }

    /// <summary>Those with this reason.</summary>
    public DeadLetterReason? Reason { get; init; }

    /// <summary>Those that became dead letters at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    internal bool Takes(Lane lane) => (Queue is null || Queue == lane.Queue) && (Contract is null || Contract == lane.Contract);

    internal bool Takes(DeadLetter letter) =>
        (TaskName is null || TaskName == letter.TaskName) && (Reason is null || Reason == letter.Reason) && (Since is null || letter.At >= Since);
}
