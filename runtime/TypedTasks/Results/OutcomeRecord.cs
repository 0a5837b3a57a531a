using System.Buffers;
using TypedTasks.Calls;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;
using TypedTasks.Worker;

namespace TypedTasks.Results;

/// <summary>
/// How a task ended, as it is stored: a MessagePack array of version, state, attempts, end (milliseconds since 1970), failure (nil, or type, message and
/// stack) and result (last, so that it can be written straight behind the rest). A seventh element, an id of 16 bytes, says that the whole record is in the
/// store for large outcomes, under that id. Any language can read it.
/// </summary>
internal readonly struct OutcomeRecord
{
    private const int Version = 1;
    private const int Elements = 6;

    private readonly ReadOnlyMemory<byte> _result;

    private OutcomeRecord(TaskState state, int attempts, long endedAt, TaskFailure? failure, ReadOnlyMemory<byte> result, TaskId elsewhere)
    {
        Elsewhere = elsewhere;
        State = state;
        Attempts = attempts;
        EndedAt = endedAt;
        Failure = failure;
        _result = result;
    }

    internal TaskState State { get; }

    internal int Attempts { get; }

    /// <summary>Unix milliseconds.</summary>
    internal long EndedAt { get; }

    internal TaskFailure? Failure { get; }

    /// <summary>Where this is only a note: the id under which the whole record is in the store for large outcomes. Empty otherwise.</summary>
    internal TaskId Elsewhere { get; }

    /// <summary>The result, one MessagePack value.</summary>
    internal ReadOnlyMemory<byte> Result => _result;

    /// <summary>Writes everything but the result, which is to follow as one MessagePack value.</summary>
    internal static void WriteHead(ref MessagePackWriter writer, TaskState state, int attempts, long endedAt, TaskFailure? failure, int elements = Elements)
    {
        writer.WriteArrayHeader(elements);
        writer.Write(Version);
        writer.Write((int)state);
        writer.Write(attempts);
        writer.Write(endedAt);
        if (failure is null)
        {
            writer.WriteNil();
        }
        else
        {
            WriteFailure(ref writer, failure);
        }
    }

    /// <summary>Writes a whole record without a result.</summary>
    internal static void Write(IBufferWriter<byte> destination, TaskState state, int attempts, long endedAt, TaskFailure? failure)
    {
        var writer = new MessagePackWriter(destination);
        WriteHead(ref writer, state, attempts, endedAt, failure);
        writer.WriteNil();
        writer.Flush();
    }

    /// <summary>
    /// Writes a whole record without a result, of at most <paramref name="maxLength"/> bytes: of a failure that has no room the stack trace goes first, and then what is too much of its message.
    /// How a task ended must be recorded, whatever its handler had to say.
    /// </summary>
    internal static void WriteWithin(ResultBuffer destination, int maxLength, TaskState state, int attempts, long endedAt, TaskFailure? failure)
    {
        while (true)
        {
            destination.Clear();
            Write(destination, state, attempts, endedAt, failure);
            if (destination.Length <= maxLength || failure is null)
            {
                return;
            }

            failure = failure.StackTrace is not null ? failure with { StackTrace = null }
                : failure.Message.Length > 0 ? failure with { Message = Half(failure.Message) }
                : failure.Type.Length > 0 ? failure with { Type = Half(failure.Type) }
                : null;
        }
    }

    // Not between the two halves of one character.
    private static string Half(string text)
    {
        int length = text.Length / 2;
        return text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    /// <summary>Writes the note that the whole record is in the store for large outcomes.</summary>
    internal static void WriteElsewhere(IBufferWriter<byte> destination, TaskId id, TaskState state, int attempts, long endedAt)
    {
        var writer = new MessagePackWriter(destination);
        WriteHead(ref writer, state, attempts, endedAt, failure: null, Elements + 1);
        writer.WriteNil();
        EnvelopeAttributes.WriteId(ref writer, id);
        writer.Flush();
    }

    /// <exception cref="MessagePackException">The bytes are no outcome record of a known version.</exception>
    internal static OutcomeRecord Read(ReadOnlyMemory<byte> record)
    {
        var reader = new MessagePackReader(record.Span);
        int elements = reader.ReadArrayHeader();
        int version = elements > 0 ? reader.ReadInt32() : 0;
        if (version != Version || elements < Elements)
        {
            throw new MessagePackException($"This is an outcome record of version {version}; this client reads version {Version}.");
        }

        var state = (TaskState)reader.ReadInt32();
        int attempts = reader.ReadInt32();
        long endedAt = reader.ReadInt64();
        TaskFailure? failure = reader.TryReadNil() ? null : ReadFailure(ref reader);
        int start = (int)reader.Consumed;
        reader.Skip();
        ReadOnlyMemory<byte> result = record[start..(int)reader.Consumed];
        return new OutcomeRecord(state, attempts, endedAt, failure, result, elements > Elements ? EnvelopeView.ReadId(ref reader) : TaskId.Empty);
    }

    /// <summary>The result, read with the codec of its task.</summary>
    /// <exception cref="MessagePackException">The result is not of this type: worker and client disagree about the contract.</exception>
    internal TResult ReadResult<TResult, TArguments>()
        where TArguments : struct, ITaskArguments<TArguments, TResult>
    {
        var reader = new MessagePackReader(_result.Span);
        return TArguments.ReadResult(ref reader);
    }

    internal static void WriteFailure(ref MessagePackWriter writer, TaskFailure failure)
    {
        writer.WriteArrayHeader(3);
        writer.WriteString(failure.Type);
        writer.WriteString(failure.Message);
        writer.WriteString(failure.StackTrace);
    }

    internal static TaskFailure ReadFailure(ref MessagePackReader reader)
    {
        int count = reader.ReadArrayHeader();
        string type = count > 0 ? reader.ReadString() ?? string.Empty : string.Empty;
        string message = count > 1 ? reader.ReadString() ?? string.Empty : string.Empty;
        string? stack = count > 2 ? reader.ReadString() : null;
        reader.SkipRemaining(count - 3);
        return new TaskFailure(type, message, stack);
    }
}
