using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>Arguments that the engine writes often.</summary>
internal static class RespWriting
{
    internal static void WriteBulk(this RespBuffer buffer, TaskId id)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        buffer.WriteBulk(bytes);
    }

    internal static void WriteBulk(this RespBuffer buffer, EntryId entry)
    {
        Span<byte> text = stackalloc byte[EntryId.MaxLength];
        buffer.WriteBulk(text[..entry.Format(text)]);
    }

    internal static void WriteOutcomeKey(this RespBuffer buffer, QueueKeys queue, TaskId id)
    {
        Span<byte> key = stackalloc byte[queue.OutcomeLength];
        buffer.WriteBulk(key[..queue.Outcome(id, key)]);
    }
}
