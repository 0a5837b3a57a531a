using System.Buffers;
using TypedTasks.Engine;
using TypedTasks.Envelopes;
using TypedTasks.MessagePack;

namespace TypedTasks.Results;

/// <summary>Progress as it is stored under <c>p:&lt;task id&gt;</c>: a MessagePack array of version, fence, attempt, time (milliseconds since 1970) and value (binary).</summary>
internal readonly record struct ProgressRecord(long Fence, int Attempt, long ReportedAt, ReadOnlyMemory<byte> Value)
{
    private const int Version = 1;

    internal static string KeyOf(TaskId id) => $"p:{id}";

    /// <summary>The channel on which a new report of a task is announced.</summary>
    internal static string ChannelOf(TaskId id) => $"progress.{id}";

    internal byte[] ToBytes()
    {
        var buffer = new ArrayBufferWriter<byte>(32 + Value.Length);
        var writer = new MessagePackWriter(buffer);
        writer.WriteArrayHeader(5);
        writer.Write(Version);
        writer.Write(Fence);
        writer.Write(Attempt);
        writer.Write(ReportedAt);
        writer.WriteBinary(Value.Span);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    /// <exception cref="MessagePackException">The bytes are no progress record of a known version.</exception>
    internal static ProgressRecord Read(ReadOnlyMemory<byte> bytes)
    {
        var reader = new MessagePackReader(bytes.Span);
        if (reader.ReadArrayHeader() < 5 || reader.ReadInt32() != Version)
        {
            throw new MessagePackException("This is no progress record that this client knows.");
        }

        long fence = reader.ReadInt64();
        int attempt = reader.ReadInt32();
        long reportedAt = EnvelopeView.ReadTime(ref reader);
        int length = reader.ReadBinarySpan().Length;
        int end = (int)reader.Consumed;
        return new ProgressRecord(fence, attempt, reportedAt, bytes[(end - length)..end]);
    }

    internal TaskProgress<T> ToProgress<T>() =>
        new(PayloadCodecs.FromBytes<T>(Value.Span), Attempt, DateTimeOffset.FromUnixTimeMilliseconds(ReportedAt));

    /// <summary>Stores this report unless one of a later delivery is there.</summary>
    /// <exception cref="LeaseLostException">One of a later delivery is there.</exception>
    /// <exception cref="TaskEngineException">The store did not answer.</exception>
    internal async ValueTask StoreAsync(IStateStore state, TaskId id, TimeSpan keep, CancellationToken cancellationToken)
    {
        byte[] mine = ToBytes();
        string key = KeyOf(id);
        StateWrite write = await state.CreateAsync(key, mine, keep, cancellationToken).ConfigureAwait(false);
        while (!write.Applied)
        {
            if (write.Current.Value.IsEmpty)
            {
                write = await state.CreateAsync(key, mine, keep, cancellationToken).ConfigureAwait(false);
                continue;
            }

            if (Read(write.Current.Value).Fence > Fence)
            {
                throw new LeaseLostException();
            }

            write = await state.ReplaceAsync(key, write.Current.Revision, mine, keep, cancellationToken).ConfigureAwait(false);
        }
    }
}
