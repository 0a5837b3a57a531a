using System.Runtime.CompilerServices;

namespace TypedTasks.Embedded;

/// <summary>
/// The lanes by name. A name is two strings, and hashing them for every task would cost more than the rest of publishing; generated code passes
/// the same string objects every time, so a small table by reference is asked first, without the engine's lock.
/// </summary>
internal sealed class LaneMap(Lock gate, int capacity, Func<Lane, EmbeddedLane> make)
{
    private const int RecentSize = 64;

    private readonly EmbeddedLane?[] _recent = new EmbeddedLane?[RecentSize];
    private readonly Dictionary<Lane, EmbeddedLane> _lanes = [];
    private EmbeddedLane[] _all = [];

    /// <summary>All lanes, in the order in which they were made.</summary>
    public EmbeddedLane[] All => Volatile.Read(ref _all);

    /// <summary>The lane of this name, if it exists.</summary>
    public EmbeddedLane? Find(Lane name)
    {
        lock (gate)
        {
            return _lanes.GetValueOrDefault(name);
        }
    }

    /// <summary>The lane of this name, made if need be; null where there are too many.</summary>
    public EmbeddedLane? FindOrAdd(Lane name)
    {
        int slot = (RuntimeHelpers.GetHashCode(name.Queue) ^ (RuntimeHelpers.GetHashCode(name.Contract) * 31)) & (RecentSize - 1);
        EmbeddedLane? recent = Volatile.Read(ref _recent[slot]);
        if (recent is not null && ReferenceEquals(recent.Name.Queue, name.Queue) && ReferenceEquals(recent.Name.Contract, name.Contract))
        {
            return recent;
        }

        lock (gate)
        {
            if (!_lanes.TryGetValue(name, out EmbeddedLane? lane))
            {
                if (_lanes.Count == capacity)
                {
                    return null;
                }

                lane = make(name);
                _lanes.Add(name, lane);
                Volatile.Write(ref _all, [.. _all, lane]);
            }

            // Only the object under which the lane was made is found by reference; other spellings of the name take the slow way.
            Volatile.Write(ref _recent[slot], lane);
            return lane;
        }
    }
}
