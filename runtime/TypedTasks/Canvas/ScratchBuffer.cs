using System.Buffers;

namespace TypedTasks.Canvases;

/// <summary>A buffer that each thread has at hand, for what is written and then kept at its exact length.</summary>
internal static class ScratchBuffer
{
    private const int LargestKept = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? AtHand;

    /// <summary>An empty buffer, until <see cref="Take"/>. Whoever rents another meanwhile is given a new one.</summary>
    internal static ArrayBufferWriter<byte> Rent()
    {
        ArrayBufferWriter<byte> buffer = AtHand ?? new ArrayBufferWriter<byte>();
        AtHand = null;
        return buffer;
    }

    /// <summary>What was written; the buffer is not the caller's any more.</summary>
    internal static byte[] Take(ArrayBufferWriter<byte> buffer)
    {
        byte[] written = buffer.WrittenSpan.ToArray();
        if (buffer.Capacity <= LargestKept)
        {
            buffer.ResetWrittenCount();
            AtHand = buffer;
        }

        return written;
    }
}
