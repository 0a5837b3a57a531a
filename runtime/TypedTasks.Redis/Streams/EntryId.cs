using System.Buffers.Text;
using TypedTasks.Redis.Resp;

namespace TypedTasks.Redis.Streams;

/// <summary>The id of a stream entry: milliseconds of the server's clock and a number within them. Grows with every entry of a stream.</summary>
internal readonly record struct EntryId(long Milliseconds, long Sequence)
{
    internal const int MaxLength = 41;

    // 2020-01-01, so that 41 bits last until 2089.
    private const long FenceEpoch = 1_577_836_800_000;

    internal static EntryId Parse(ReadOnlySpan<byte> text)
    {
        int dash = text.IndexOf((byte)'-');
        return dash > 0 && RespNumber.TryParse(text[..dash], out long milliseconds) && RespNumber.TryParse(text[(dash + 1)..], out long sequence)
            ? new EntryId(milliseconds, sequence)
            : throw new RespException("The id of a stream entry is not of the form 1-2.");
    }

    internal int Format(Span<byte> destination)
    {
        Utf8Formatter.TryFormat(Milliseconds, destination, out int written);
        destination[written++] = (byte)'-';
        Utf8Formatter.TryFormat(Sequence, destination[written..], out int more);
        return written + more;
    }

    /// <summary>
    /// The fence of a delivery: 41 bits of time, 11 of the number within it, 11 of the deliveries. A task that comes back becomes a later entry of
    /// the stream, and a claim raises the deliveries, so it grows with every delivery of a task without being stored anywhere.
    /// </summary>
    internal long Fence(int deliveries) =>
        (Math.Max(0, Milliseconds - FenceEpoch) << 22) | (Math.Min(Sequence, 2047) << 11) | (long)Math.Min(deliveries, 2047);
}
