using TypedTasks.MessagePack;

namespace TypedTasks.Envelopes;

/// <summary>What every envelope begins with, before its attributes: version, id, name and time.</summary>
internal static class EnvelopeHead
{
    internal static void Write(ref MessagePackWriter writer, TaskId id, scoped ReadOnlySpan<byte> name, long enqueuedAt)
    {
        Begin(ref writer, id);
        writer.WriteUtf8String(name);
        writer.Write(enqueuedAt);
    }

    internal static void Write(ref MessagePackWriter writer, TaskId id, string name, long enqueuedAt)
    {
        Begin(ref writer, id);
        writer.WriteString(name);
        writer.Write(enqueuedAt);
    }

    private static void Begin(ref MessagePackWriter writer, TaskId id)
    {
        writer.WriteArrayHeader(EnvelopeFormat.Elements);
        writer.Write(EnvelopeFormat.Version);
        EnvelopeAttributes.WriteId(ref writer, id);
    }
}
