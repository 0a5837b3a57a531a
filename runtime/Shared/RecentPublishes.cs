using System.Buffers.Binary;

namespace TypedTasks.Shared;

/// <summary>
/// Where this process's latest fresh tasks went: a fixed table in which a newer task takes the place of an older one.
/// </summary>
/// <remarks>
/// A fresh id is written down nowhere but with its task. When it is asked for or published a second time, the place to look is known from here,
/// at the cost of two stores a publish. A key is kept combined with its place, so that halves of two entries that are written at once are no entry.
/// Lost entries only cost a longer search. Safe from any thread.
/// </remarks>
internal sealed class RecentPublishes(int capacity = 1 << 16)
{
    private readonly long[] _marks = new long[capacity];
    private readonly long[] _places = new long[capacity];

    /// <summary>Notes where a task went: from which millisecond of the server's clock on, or at which number of its stream.</summary>
    internal void Remember(TaskId id, long place)
    {
        long key = Key(id);
        int index = (int)key & (_marks.Length - 1);
        Volatile.Write(ref _places[index], place);
        Volatile.Write(ref _marks[index], key ^ Spread(place));
    }

    /// <summary>Where the task is to be found, if it was published here and lately.</summary>
    internal bool TryGet(TaskId id, out long place)
    {
        long key = Key(id);
        int index = (int)key & (_marks.Length - 1);
        place = Volatile.Read(ref _places[index]);
        return (Volatile.Read(ref _marks[index]) ^ Spread(place)) == key;
    }

    // Places that differ little must not differ in few bits only; an odd factor keeps them different.
    private static long Spread(long place) => place * unchecked((long)0x9E3779B97F4A7C15);

    // The last eight bytes of a version 7 id are random but for two bits.
    private static long Key(TaskId id)
    {
        Span<byte> bytes = stackalloc byte[TaskId.Size];
        id.Write(bytes);
        return BinaryPrimitives.ReadInt64BigEndian(bytes[8..]);
    }
}
