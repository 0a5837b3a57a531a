using System.Buffers.Binary;

namespace TypedTasks.Redis.Streams;

/// <summary>
/// Where this process's latest fresh tasks went: a fixed table in which a newer task takes the place of an older one.
/// </summary>
/// <remarks>
/// A fresh id is written down nowhere but in its entry. When it is asked for or published a second time, the place to look is known from here,
/// at the cost of two stores a publish. Torn or lost entries only cost a longer search.
/// </remarks>
internal sealed class RecentPublishes(int capacity = 1 << 16)
{
    private readonly long[] _keys = new long[capacity];
    private readonly long[] _since = new long[capacity];

    internal void Remember(TaskId id, long sinceMilliseconds)
    {
        long key = Key(id);
        int index = (int)key & (_keys.Length - 1);
        Volatile.Write(ref _since[index], sinceMilliseconds);
        Volatile.Write(ref _keys[index], key);
    }

    /// <summary>From which millisecond of the server's clock on the task's entry is to be found, if it was published here and lately.</summary>
    internal bool TryGet(TaskId id, out long sinceMilliseconds)
    {
        long key = Key(id);
        int index = (int)key & (_keys.Length - 1);
        bool known = Volatile.Read(ref _keys[index]) == key;
        sinceMilliseconds = Volatile.Read(ref _since[index]);
        return known;
    }

    // The last eight bytes of a version 7 id are random but for two bits.
    private static long Key(TaskId id)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
