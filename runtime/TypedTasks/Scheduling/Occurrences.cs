using TypedTasks.Shared;

namespace TypedTasks.Scheduling;

/// <summary>The occurrences of a schedule, whoever wrote its rule.</summary>
internal static class Occurrences
{
    // No two occurrences are closer.
    private static readonly TimeSpan Closest = TimeSpan.FromMilliseconds(1);

    /// <summary>The first occurrence after an instant, in whole milliseconds.</summary>
    /// <exception cref="InvalidOperationException">The rule gives one that is not after it, with which it would never end.</exception>
    internal static DateTimeOffset? First(TaskSchedule schedule, DateTimeOffset after)
    {
        if (schedule.NextAfter(after) is not { } next)
        {
            return null;
        }

        return next > after
            ? DateTimeOffset.FromUnixTimeMilliseconds(Milliseconds.Of(next))
            : throw new InvalidOperationException($"The schedule '{schedule}' says that {next:O} comes after {after:O}. NextAfter gives an instant that is later than the one it is asked about, or null.");
    }

    /// <summary>The last occurrence after an instant and not after another, or null: found by halving, for there may be millions of them.</summary>
    internal static DateTimeOffset? Latest(TaskSchedule schedule, DateTimeOffset after, DateTimeOffset until)
    {
        if (First(schedule, after) is not { } found || found > until)
        {
            return null;
        }

        if (First(schedule, found) is not { } second || second > until)
        {
            return found;
        }

        // After it there is none.
        found = second;
        DateTimeOffset end = until;
        while (end - found >= Closest)
        {
            DateTimeOffset middle = found + ((end - found) / 2);
            if (First(schedule, middle) is { } later && later <= until)
            {
                found = later;
            }
            else
            {
                end = middle;
            }
        }

        return found;
    }
}
