using System.Buffers;
using System.Collections.Immutable;
using TypedTasks.MessagePack;

namespace TypedTasks.Worker;

/// <summary>
/// A worker's sign of life as it is stored under <c>w:&lt;name&gt;</c>: a MessagePack array of version, start and report (milliseconds since 1970), memory
/// (bytes) and lanes, each an array of queue, contract, concurrency, running, waiting and processed. Any language can read it.
/// </summary>
internal static class WorkerRecord
{
    internal const string Prefix = "w:";
    private const int Version = 1;
    private const int Elements = 5;
    private const int LaneElements = 6;

    internal static string KeyOf(string name) => Prefix + name;

    internal static byte[] ToBytes(WorkerReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + (report.Lanes.Length * 64));
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(Elements);
        writer.Write(Version);
        writer.Write(report.StartedAt.ToUnixTimeMilliseconds());
        writer.Write(report.ReportedAt.ToUnixTimeMilliseconds());
        writer.Write(report.Memory);
        writer.WriteArrayHeader(report.Lanes.Length);
        foreach (WorkerLaneReport lane in report.Lanes)
        {
            writer.WriteArrayHeader(LaneElements);
            writer.WriteString(lane.Lane.Queue);
            writer.WriteString(lane.Lane.Contract);
            writer.Write(lane.Concurrency);
            writer.Write(lane.Running);
            writer.Write(lane.Waiting);
            writer.Write(lane.Processed);
        }

        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="MessagePackException">The bytes are no sign of life of a known version.</exception>
    internal static WorkerReport Read(string name, ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        if (reader.ReadArrayHeader() < Elements || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no worker's sign of life of a known version.");
        }

        DateTimeOffset startedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        DateTimeOffset reportedAt = DateTimeOffset.FromUnixTimeMilliseconds(reader.ReadInt64());
        long memory = reader.ReadInt64();
        int count = reader.ReadArrayHeader();
        ImmutableArray<WorkerLaneReport>.Builder lanes = ImmutableArray.CreateBuilder<WorkerLaneReport>();
        for (int i = 0; i < count; i++)
        {
            lanes.Add(ReadLane(ref reader));
        }

        return new WorkerReport(name, startedAt, reportedAt, memory, lanes.ToImmutable());
    }

    private static WorkerLaneReport ReadLane(ref MessagePackReader reader)
    {
        int elements = reader.ReadArrayHeader();
        if (elements < LaneElements)
        {
            throw new MessagePackException($"A lane in a worker's sign of life has {LaneElements} elements; this one has {elements}.");
        }

        var lane = new Lane(reader.ReadString() ?? string.Empty, reader.ReadString() ?? string.Empty);
        var report = new WorkerLaneReport(lane, reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt64());
        reader.SkipRemaining(elements - LaneElements);
        return report;
    }
}
