using System.Numerics;
using TypedTasks.Shared.Cron;

namespace TypedTasks;

/// <summary>
/// The next time of a cron expression in a time zone: found by its fields, not by trying one second after another.
/// </summary>
/// <remarks>
/// The zone is asked for its offset at instants of UTC only, where there is one answer. What it says of local times (<see cref="TimeZoneInfo.IsInvalidTime"/>,
/// <see cref="TimeZoneInfo.IsAmbiguousTime(DateTime)"/>) leaves out the clock changes of zones whose winter time is the exception, such as Europe/Dublin and Africa/Casablanca, and changes that are no
/// daylight saving time. Times are whole seconds since 0001-01-01T00:00:00.
/// </remarks>
internal static class CronTimes
{
    private const long Day = 86_400;
    private const long Never = long.MaxValue;

    private static readonly long Last = DateTime.MaxValue.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The first time after an instant, with the zone's offset then; null when there is none before the calendar ends.</summary>
    public static DateTimeOffset? NextAfter(CronFields fields, TimeZoneInfo zone, DateTimeOffset instant)
    {
        long at = instant.UtcTicks / TimeSpan.TicksPerSecond;
        long passed = 1;
        if (!fields.RepeatsWithClock && EndOfRepetition(zone, at) is long end)
        {
            at = end;
            passed = 0;
        }

        while (true)
        {
            long offset = Offset(zone, at);
            long local = NextLocal(fields, at + offset + passed);
            if (local == Never || local - offset > Last)
            {
                return null;
            }

            long found = local - offset;
            long until = Math.Min(found, at + Day);
            if (Offset(zone, until) == offset)
            {
                if (until == found)
                {
                    return Instant(zone, found);
                }

                // Nothing matches on the way, and no change of the clock there sets it back to before it began.
                at = Math.Max(until, found - (2 * Day));
                passed = 0;
                continue;
            }

            long change = FirstChange(zone, at, until);
            long after = Offset(zone, change);
            if (local < change + after)
            {
                return Instant(zone, change);
            }

            at = after < offset && !fields.RepeatsWithClock ? change + offset - after : change;
            passed = 0;
        }
    }

    /// <summary>The first local time that matches, from one on; <see cref="Never"/> when there is none.</summary>
    private static long NextLocal(CronFields fields, long from)
    {
        if (from > Last)
        {
            return Never;
        }

        DateTime start = new(Math.Max(from, 0) * TimeSpan.TicksPerSecond);
        int sooner = NextInDay(fields, (int)start.TimeOfDay.TotalSeconds);
        int month = start.Month;
        int firstDay = sooner < 0 ? start.Day + 1 : start.Day;
        for (int year = start.Year; year <= DateTime.MaxValue.Year; year++)
        {
            for (; month <= 12; month++, firstDay = 1)
            {
                if ((fields.Months >> month & 1) == 0)
                {
                    continue;
                }

                DateTime first = new(year, month, 1);
                ulong days = fields.DaysIn(DateTime.DaysInMonth(year, month), (int)first.DayOfWeek) & (ulong.MaxValue << firstDay);
                if (days != 0)
                {
                    DateTime day = first.AddDays(BitOperations.TrailingZeroCount(days) - 1);
                    return (day.Ticks / TimeSpan.TicksPerSecond) + (day == start.Date ? sooner : NextInDay(fields, 0));
                }
            }

            month = 1;
        }

        return Never;
    }

    /// <summary>The first time of day that matches, from one on, in seconds; negative when there is none.</summary>
    private static int NextInDay(CronFields fields, int from)
    {
        (int hour, int minute, int second) = (from / 3600, from / 60 % 60, from % 60);
        int nextHour = Next(fields.Hours, hour);
        if (nextHour == hour)
        {
            int nextMinute = Next(fields.Minutes, minute);
            int nextSecond = nextMinute == minute ? Next(fields.Seconds, second) : -1;
            if (nextMinute == minute && nextSecond < 0)
            {
                nextMinute = Next(fields.Minutes, minute + 1);
            }

            if (nextMinute >= 0)
            {
                return (hour * 3600) + (nextMinute * 60) + (nextSecond < 0 ? Next(fields.Seconds, 0) : nextSecond);
            }

            nextHour = Next(fields.Hours, hour + 1);
        }

        return nextHour < 0 ? -1 : (nextHour * 3600) + (Next(fields.Minutes, 0) * 60) + Next(fields.Seconds, 0);
    }

    private static int Next(ulong bits, int from)
    {
        ulong rest = bits >> from << from;
        return rest == 0 ? -1 : BitOperations.TrailingZeroCount(rest);
    }

    /// <summary>Where the clock was set back less than a day before, and shows what it has shown: when it shows something new. Otherwise null.</summary>
    private static long? EndOfRepetition(TimeZoneInfo zone, long at)
    {
        long before = Math.Max(at - Day, 0);
        if (Offset(zone, before) <= Offset(zone, at))
        {
            return null;
        }

        long change = FirstChange(zone, before, at);
        long end = change + Offset(zone, before) - Offset(zone, change);
        return at < end ? end : null;
    }

    /// <summary>The first second with another offset than <paramref name="from"/> has; <paramref name="to"/> has another.</summary>
    private static long FirstChange(TimeZoneInfo zone, long from, long to)
    {
        long offset = Offset(zone, from);
        while (to - from > 1)
        {
            long middle = from + ((to - from) / 2);
            (from, to) = Offset(zone, middle) == offset ? (middle, to) : (from, middle);
        }

        return to;
    }

    private static DateTimeOffset Instant(TimeZoneInfo zone, long at) => TimeZoneInfo.ConvertTime(new DateTimeOffset(at * TimeSpan.TicksPerSecond, TimeSpan.Zero), zone);

    private static long Offset(TimeZoneInfo zone, long at) => zone.GetUtcOffset(new DateTime(at * TimeSpan.TicksPerSecond, DateTimeKind.Utc)).Ticks / TimeSpan.TicksPerSecond;
}
