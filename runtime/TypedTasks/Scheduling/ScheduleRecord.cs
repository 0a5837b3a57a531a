using System.Buffers;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Scheduling;

/// <summary>
/// How far a schedule has come, as it is stored under <c>s:&lt;name&gt;</c>: a MessagePack array of version, task, text of the rule, the instant up to which all occurrences are dealt with,
/// the last one that was enqueued (0 for none), the one that comes next (0 for none), and whether it is paused. Instants are milliseconds since 1970. Any language can read it.
/// </summary>
/// <param name="Task">The task's name.</param>
/// <param name="Text">The rule, as <see cref="TaskSchedule.Text"/> gives it.</param>
/// <param name="After">No occurrence up to this instant is dealt with again.</param>
/// <param name="Last">The last occurrence that was enqueued; 0 for none.</param>
/// <param name="Next">The first occurrence after <paramref name="After"/>; 0 for none.</param>
/// <param name="IsPaused">Whether occurrences are passed over.</param>
internal sealed record ScheduleRecord(string Task, string Text, long After, long Last, long Next, bool IsPaused)
{
    internal const string Prefix = "s:";
    private const int Version = 1;
    private const int Elements = 7;

    internal static string KeyOf(string name) => Prefix + name;

    internal byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Elements);
        writer.Write(Version);
        writer.WriteString(Task);
        writer.WriteString(Text);
        writer.Write(After);
        writer.Write(Last);
        writer.Write(Next);
        writer.Write(IsPaused);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="MessagePackException">The bytes are no record of a known version.</exception>
    internal static ScheduleRecord Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        if (reader.ReadArrayHeader() < Elements || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no schedule's record of a known version.");
        }

        return new ScheduleRecord(
            reader.ReadString() ?? string.Empty,
            reader.ReadString() ?? string.Empty,
            EnvelopeView.ReadTime(ref reader),
            EnvelopeView.ReadTime(ref reader),
            EnvelopeView.ReadTime(ref reader),
            reader.ReadBoolean());
    }
}
