namespace TypedTasks.Shared.Cron;

/// <summary>What a cron expression means: a bit for each value that a field allows, and how days are counted. Two expressions with the same meaning are equal.</summary>
internal readonly record struct CronFields
{
    public const uint EveryWeekday = 0x7F;

    /// <summary>Bits 0 to 59.</summary>
    public ulong Seconds { get; init; }

    /// <summary>Bits 0 to 59.</summary>
    public ulong Minutes { get; init; }

    /// <summary>Bits 0 to 23.</summary>
    public uint Hours { get; init; }

    /// <summary>Bits 1 to 31; none where days are counted from the last.</summary>
    public uint Days { get; init; }

    /// <summary>Bits 1 to 12.</summary>
    public uint Months { get; init; }

    /// <summary>Bits 0 (Sunday) to 6.</summary>
    public uint Weekdays { get; init; }

    /// <summary>How many days before the last of its month the day is (<c>L</c>, <c>L-3</c>); null where <see cref="Days"/> says it.</summary>
    public int? DaysBeforeLast { get; init; }

    /// <summary>The day of month is moved to the nearest weekday, Monday to Friday, of its month (<c>15W</c>, <c>LW</c>).</summary>
    public bool NearestWeekday { get; init; }

    /// <summary>Which of its weekday in the month the day is: 1 to 5 (<c>MON#2</c>), <see cref="LastOfMonth"/> (<c>FRIL</c>), or 0 for any.</summary>
    public int WeekdayOfMonth { get; init; }

    /// <summary>The last one of its weekday in the month: a value of <see cref="WeekdayOfMonth"/>.</summary>
    public const int LastOfMonth = -1;

    /// <summary>Which of seconds, minutes and hours are written with <c>*</c>, a range or a step.</summary>
    public CronIntervals Intervals { get; init; }

    /// <summary>Whether a time that the clock shows twice counts twice: so it is for what runs at intervals, and not for what runs at a fixed time.</summary>
    public bool RepeatsWithClock => Intervals != CronIntervals.None;

    /// <summary>The days of a month that match, as bits 1 to 31; which month it is, is for the caller to ask.</summary>
    /// <param name="length">Days in the month, 28 to 31.</param>
    /// <param name="firstWeekday">The weekday of its first day, 0 (Sunday) to 6.</param>
    public uint DaysIn(int length, int firstWeekday)
    {
        uint all = (uint)((2UL << length) - 2);
        uint days = Days & all;
        if (DaysBeforeLast is int before)
        {
            days = before < length ? 1u << (length - before) : 0;
        }

        if (NearestWeekday && days != 0)
        {
            days = 1u << Nearest(days, length, firstWeekday);
        }

        uint wanted = 0;
        for (int day = 1; day <= length; day++)
        {
            wanted |= ((Weekdays >> ((firstWeekday + day - 1) % 7)) & 1) << day;
        }

        return days & wanted & WeekdayOfMonth switch
        {
            0 => all,
            LastOfMonth => 0x7Fu << (length - 6),
            int which => 0x7Fu << ((7 * (which - 1)) + 1),
        };
    }

    /// <summary>Whether there is such a day in any year.</summary>
    public bool CanOccur()
    {
        for (int month = 1; month <= 12; month++)
        {
            // Years with 365 days and with 366 begin on every weekday.
            for (int firstWeekday = 0; firstWeekday < 7 && (Months >> month & 1) != 0; firstWeekday++)
            {
                if (DaysIn(LongestLength(month), firstWeekday) != 0 || (month == 2 && DaysIn(28, firstWeekday) != 0))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int LongestLength(int month) => month switch
    {
        2 => 29,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    // A day with W is one day: it does not leave its month, so that the first is moved onwards and the last back.
    private static int Nearest(uint oneDay, int length, int firstWeekday)
    {
        int day = 1;
        while (oneDay >> day != 1)
        {
            day++;
        }

        return ((firstWeekday + day - 1) % 7) switch
        {
            6 => day == 1 ? 3 : day - 1,
            0 => day == length ? day - 2 : day + 1,
            _ => day,
        };
    }
}
