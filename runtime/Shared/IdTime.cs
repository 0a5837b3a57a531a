using System.Buffers.Binary;

namespace TypedTasks.Shared;

/// <summary>The time in an id that bears one: a UUID of version 7 begins with 48 bits of Unix milliseconds (RFC 9562 section 5.7).</summary>
internal static class IdTime
{
    /// <summary>Reads it, in Unix milliseconds, by the clock of whoever made the id. False for an id of another version.</summary>
    internal static bool TryRead(TaskId id, out long milliseconds)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return bytes[6] >> 4 == 7;
    }
}
