using TypedTasks.Shared.Cron;

namespace TypedTasks.Tests.Scheduling;

public sealed class CronParserTests
{
    [Theory]
    [InlineData("*", "0-59")]
    [InlineData("7", "7")]
    [InlineData("007", "7")]
    [InlineData("1,5,3", "1,3,5")]
    [InlineData("10-13", "10-13")]
    [InlineData("58-1", "58,59,0,1")]
    [InlineData("*/20", "0,20,40")]
    [InlineData("10-30/5", "10,15,20,25,30")]
    [InlineData("50-20/15", "50,5,20")]
    [InlineData("5/15", "5,20,35,50")]
    [InlineData("*/30,7", "0,7,30")]
    [InlineData("5-5", "5")]
    public void Minutes_are_values_ranges_steps_and_lists(string minute, string expected) => Assert.Equal(Bits(expected), Read($"{minute} 0 * * *").Minutes);

    [Theory]
    [InlineData("22-2", "22,23,0,1,2")]
    [InlineData("9-17/4", "9,13,17")]
    public void Hours_are_read(string hour, string expected) => Assert.Equal(Bits(expected), Read($"0 {hour} * * *").Hours);

    [Theory]
    [InlineData("*", "1-12")]
    [InlineData("jan,Jul,DEC", "1,7,12")]
    [InlineData("NOV-FEB", "11,12,1,2")]
    [InlineData("11-4/2", "11,1,3")]
    public void Months_are_numbers_and_names(string month, string expected) => Assert.Equal(Bits(expected), Read($"0 0 * {month} *").Months);

    [Theory]
    [InlineData("*", "0-6")]
    [InlineData("?", "0-6")]
    [InlineData("0", "0")]
    [InlineData("7", "0")]
    [InlineData("mon-Fri", "1-5")]
    [InlineData("FRI-MON", "5,6,0,1")]
    [InlineData("5-7", "5,6,0")]
    [InlineData("7-2", "0,1,2")]
    [InlineData("7-2/2", "0,2")]
    [InlineData("SAT,SUN", "6,0")]
    [InlineData("*/2", "0,2,4,6")]
    public void Sunday_is_0_and_7(string weekday, string expected) => Assert.Equal(Bits(expected), Read($"0 0 * * {weekday}").Weekdays);

    [Theory]
    [InlineData("L", 0, false)]
    [InlineData("l-3", 3, false)]
    [InlineData("LW", 0, true)]
    [InlineData("L-30w", 30, true)]
    [InlineData("15W", null, true)]
    public void Days_are_counted_from_the_last_and_moved_to_weekdays(string day, int? beforeLast, bool isNearest)
    {
        CronFields fields = Read($"0 0 {day} * *");
        Assert.Equal((beforeLast, isNearest, beforeLast is null ? Bits("15") : 0), (fields.DaysBeforeLast, fields.NearestWeekday, (ulong)fields.Days));
    }

    [Theory]
    [InlineData("5L", "5", CronFields.LastOfMonth)]
    [InlineData("fril", "5", CronFields.LastOfMonth)]
    [InlineData("7L", "0", CronFields.LastOfMonth)]
    [InlineData("MON#2", "1", 2)]
    [InlineData("0#5", "0", 5)]
    public void Weekdays_are_counted_in_the_month(string weekday, string expected, int which)
    {
        CronFields fields = Read($"0 0 * * {weekday}");
        Assert.Equal((Bits(expected), which), (fields.Weekdays, fields.WeekdayOfMonth));
    }

    [Theory]
    [InlineData("@yearly", "0 0 1 1 *")]
    [InlineData("@annually", "0 0 1 1 *")]
    [InlineData("@monthly", "0 0 1 * *")]
    [InlineData("@weekly", "0 0 * * SUN")]
    [InlineData("@daily", "0 0 * * *")]
    [InlineData(" @MIDNIGHT\t", "0 0 * * *")]
    [InlineData("@hourly", "0 * * * *")]
    [InlineData("\t0  5 *\t* * ", "00 05 ? * 0-6")]
    [InlineData("0 0 5 * * *", "0 5 * * *")]
    public void What_means_the_same_is_equal(string text, string same)
    {
        Assert.Equal(Read(same), Read(text));
        Assert.Equal(Read(same).GetHashCode(), Read(text).GetHashCode());
        Assert.NotEqual(Read("1 2 3 4 *"), Read(text));
    }

    [Theory]
    [InlineData("0 5 * * *", (int)CronIntervals.None)]
    [InlineData("0,30 1,2 */2 1-3 MON-FRI", (int)CronIntervals.None)]
    [InlineData("*/5 5 * * *", (int)CronIntervals.Minutes)]
    [InlineData("0 * * * *", (int)CronIntervals.Hours)]
    [InlineData("0 5-6 * * *", (int)CronIntervals.Hours)]
    [InlineData("0 5,7/2 * * *", (int)CronIntervals.Hours)]
    [InlineData("* 0 5 * * *", (int)CronIntervals.Seconds)]
    [InlineData("1-2 3/4 * * * *", (int)(CronIntervals.Seconds | CronIntervals.Minutes | CronIntervals.Hours))]
    public void It_is_known_which_times_are_intervals(string text, int expected)
    {
        Assert.Equal(expected, (int)Read(text).Intervals);
        Assert.Equal(expected != 0, Read(text).RepeatsWithClock);
    }

    private static CronFields Read(string text)
    {
        Assert.True(CronParser.TryParse(text, out CronFields fields, out string? error), error);
        Assert.Null(error);
        return fields;
    }

    private static ulong Bits(string values)
    {
        ulong bits = 0;
        foreach (string item in values.Split(','))
        {
            int[] ends = [.. item.Split('-').Select(int.Parse)];
            for (int value = ends[0]; value <= ends[^1]; value++)
            {
                bits |= 1UL << value;
            }
        }

        return bits;
    }
}
