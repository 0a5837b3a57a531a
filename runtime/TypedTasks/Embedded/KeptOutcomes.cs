using System.Numerics;

namespace TypedTasks.Embedded;

/// <summary>
/// The tasks that ended and whose outcome is kept: at most so many, the oldest giving way, and each for its time only. Guarded by the engine's lock.
/// </summary>
/// <remarks>
/// One list for each length of time, so that a list is in the order of expiry and adding, expiring and giving way cost a few writes. Lengths
/// are rounded up to three binary digits, which bounds the number of lists; that only delays the sweep, for a reader compares the exact time.
/// </remarks>
internal sealed class KeptOutcomes
{
    private readonly Dictionary<long, Retention> _byLength = [];
    private readonly List<Retention> _all = [];

    public int Count { get; private set; }

    /// <summary>When the next sweep has something to do, by the steady clock.</summary>
    public long NextDue
    {
        get
        {
            long next = long.MaxValue;
            foreach (Retention retention in _all)
            {
                next = Math.Min(next, retention.NextDue);
            }

            return next;
        }
    }

    public void Add(TaskEntry entry, long now, TimeSpan keep)
    {
        entry.Place = TaskPlace.Ended;
        entry.Since = now;
        entry.Due = EngineClock.After(now, keep);
        Retention retention = RetentionOf(keep.Ticks);
        entry.Retention = retention;
        retention.Entries.AddLast(entry);
        Count++;
    }

    public void Remove(TaskEntry entry)
    {
        entry.Retention!.Entries.Remove(entry);
        entry.Retention = null;
        Count--;
    }

    /// <summary>The one that ended first.</summary>
    public TaskEntry? Oldest()
    {
        TaskEntry? oldest = null;
        foreach (Retention retention in _all)
        {
            if (retention.Entries.First is { } first && (oldest is null || first.Since < oldest.Since))
            {
                oldest = first;
            }
        }

        return oldest;
    }

    /// <summary>One whose time is over, or null.</summary>
    public TaskEntry? FirstDue(long now)
    {
        foreach (Retention retention in _all)
        {
            if (retention.NextDue <= now)
            {
                return retention.Entries.First;
            }
        }

        return null;
    }

    private Retention RetentionOf(long ticks)
    {
        int shift = Math.Max(0, BitOperations.Log2((ulong)ticks) - 2);
        long mask = (1L << shift) - 1;
        long rounded = ticks > long.MaxValue - mask ? long.MaxValue : (ticks + mask) & ~mask;
        if (!_byLength.TryGetValue(rounded, out Retention? retention))
        {
            retention = new Retention(rounded);
            _byLength.Add(rounded, retention);
            _all.Add(retention);
        }

        return retention;
    }
}

/// <summary>The outcomes that are kept equally long, the next to expire first.</summary>
internal sealed class Retention(long length)
{
    public TaskList Entries { get; } = new();

    public long NextDue => Entries.First is { } first ? EngineClock.After(first.Since, new TimeSpan(length)) : long.MaxValue;
}
