using System.Runtime.InteropServices;

namespace TypedTasks.Peers;

/// <summary>The eight numbers as their 64 bytes, for clients that carry bytes.</summary>
internal static class Digits
{
    public static byte[] Write(Numbers task) =>
        MemoryMarshal.AsBytes<long>([task.Number, task.Stamp, task.A, task.B, task.C, task.D, task.E, task.F]).ToArray();

    public static Numbers Read(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<long> eight = MemoryMarshal.Cast<byte, long>(bytes);
        return new Numbers(eight[0], eight[1], eight[2], eight[3], eight[4], eight[5], eight[6], eight[7]);
    }
}
