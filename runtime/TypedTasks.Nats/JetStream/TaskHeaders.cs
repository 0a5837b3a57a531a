using System.Buffers;
using TypedTasks.Nats.Protocol;

namespace TypedTasks.Nats.JetStream;

/// <summary>The headers that our messages bear beside the server's, which come first.</summary>
internal static class TaskHeaders
{
    private const int IdDigits = 2 * TaskId.Size;

    private static ReadOnlySpan<byte> MessageId => "Nats-Msg-Id"u8;

    /// <summary>From when on the task may run, in Unix milliseconds.</summary>
    public static ReadOnlySpan<byte> Due => "TT-Due"u8;

    /// <summary>The round: 0, and absent, for a task that came straight from its producer.</summary>
    public static ReadOnlySpan<byte> Round => "TT-Round"u8;

    /// <summary>The attempts that were made before this round.</summary>
    public static ReadOnlySpan<byte> Attempt => "TT-Attempt"u8;

    /// <summary>The task, for messages whose subject does not name it.</summary>
    public static ReadOnlySpan<byte> Id => "TT-Id"u8;

    /// <summary>Finds the task of a message in a lane: its id is the last token of the subject, or where tasks share one, the message id.</summary>
    public static bool TryReadTask(ReadOnlySpan<byte> subject, ReadOnlySpan<byte> headers, out TaskId id)
    {
        if (subject.Length > IdDigits && subject[^(IdDigits + 1)] == '.' && TryReadId(subject[^IdDigits..], out id))
        {
            return true;
        }

        id = default;
        return new NatsHeaders(headers).TryGet(MessageId, out ReadOnlySpan<byte> text) && TryReadId(text, out id);
    }

    /// <summary>Appends the id of a copy that goes through the delay stream, and the message id that keeps it single.</summary>
    public static void AppendId(OutgoingFrame frame, TaskId id, int round)
    {
        AppendMessageId(frame, id, round);
        frame.Append("TT-Id: "u8);
        frame.Append(id);
        frame.Append("\r\n"u8);
    }

    /// <summary>Appends the message id of a task that comes straight from its producer.</summary>
    public static void AppendMessageId(OutgoingFrame frame, TaskId id)
    {
        frame.Append("Nats-Msg-Id: "u8);
        frame.Append(id);
        frame.Append("\r\n"u8);
    }

    /// <summary>Appends that the message's subject must be empty: the lane holds the task once. The server looks at the message id first.</summary>
    public static void AppendExpectsNone(OutgoingFrame frame) => frame.Append("Nats-Expected-Last-Subject-Sequence: 0\r\n"u8);

    /// <summary>Appends the message id of a round's copy. It comes first: the server looks for the first header that ends so.</summary>
    public static void AppendMessageId(OutgoingFrame frame, TaskId id, int round)
    {
        frame.Append("Nats-Msg-Id: "u8);
        frame.Append(id);
        frame.Append("."u8);
        frame.Append(round);
        frame.Append("\r\n"u8);
    }

    /// <summary>Appends the headers that are not at their default.</summary>
    public static void Append(OutgoingFrame frame, long due, int round, int attempt)
    {
        if (due > 0)
        {
            frame.AppendHeader("TT-Due: "u8, due);
        }

        if (round > 0)
        {
            frame.AppendHeader("TT-Round: "u8, round);
        }

        if (attempt > 0)
        {
            frame.AppendHeader("TT-Attempt: "u8, attempt);
        }
    }

    /// <summary>Reads an id as it is written into subjects and headers: 32 hex digits.</summary>
    public static bool TryReadId(ReadOnlySpan<byte> digits, out TaskId id)
    {
        id = default;
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        if (digits.Length != IdDigits || Convert.FromHexString(digits, bytes, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        id = TaskId.Read(bytes);
        return true;
    }
}
