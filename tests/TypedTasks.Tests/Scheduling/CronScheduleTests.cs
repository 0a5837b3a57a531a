using System.Globalization;

namespace TypedTasks.Tests.Scheduling;

public sealed class CronScheduleTests
{
    [Fact]
    public void The_text_is_the_expression_and_the_zone()
    {
        Assert.Equal("0 5 * * * Europe/Lisbon", TaskSchedule.Cron("  0\t5 *  * * ", "Europe/Lisbon").Text);
        Assert.Equal("0 5 * * * UTC", TaskSchedule.Cron("0 5 * * *").ToString());
    }

    [Fact]
    public void What_says_the_same_is_equal()
    {
        TaskSchedule schedule = TaskSchedule.Cron("0 5 * * *", "Europe/Lisbon");
        Assert.Equal(schedule, TaskSchedule.Cron(" 0 5 * * *", "Europe/Lisbon"));
        _ = schedule.FindMistake();
        Assert.Equal(schedule, TaskSchedule.Cron(" 0 5 * * *", "Europe/Lisbon"));
        Assert.Equal(schedule.GetHashCode(), TaskSchedule.Cron(" 0 5 * * *", "Europe/Lisbon").GetHashCode());
        Assert.NotEqual(schedule, TaskSchedule.Cron("0 5 * * *"));
        Assert.NotEqual(schedule, TaskSchedule.Cron("0 6 * * *", "Europe/Lisbon"));
        Assert.NotEqual(schedule, schedule with { Missed = MissedRuns.Each });
        Assert.NotEqual(schedule, schedule with { SkipWhileRunning = true });
    }

    [Fact]
    public void A_wrong_expression_is_refused_with_its_field()
    {
        FormatException exception = Assert.Throws<FormatException>(() => TaskSchedule.Cron("0 24 * * *"));
        Assert.Equal("'0 24 * * *' is not a cron expression: the hour '24' is not between 0 and 23.", exception.Message);
        exception = Assert.Throws<FormatException>(() => TaskSchedule.Cron(new string('*', 5_000)));
        Assert.Equal($"'{new string('*', 200)}…' is not a cron expression: the text has 5000 characters, more than 200.", exception.Message);
        Assert.Throws<ArgumentNullException>(() => TaskSchedule.Cron(null!));
        Assert.Throws<ArgumentNullException>(() => TaskSchedule.Cron("0 5 * * *", null!));
    }

    [Theory]
    [InlineData("Europe/Lisbom")]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("a\0b")]
    public void An_unknown_zone_is_told_when_a_time_is_asked_for(string zone)
    {
        TaskSchedule schedule = TaskSchedule.Cron("0 5 * * *", zone);
        TaskConfigurationException exception = Assert.Throws<TaskConfigurationException>(() => schedule.NextAfter(DateTimeOffset.UnixEpoch));
        Assert.StartsWith($"The time zone '{zone}' of the schedule '0 5 * * * {zone}' is not known on this machine. Correct the name", exception.Message, StringComparison.Ordinal);
        Assert.Contains("tzdata", exception.Message, StringComparison.Ordinal);
        Assert.Equal(exception.Message, schedule.FindMistake());
    }

    [Fact]
    public void A_known_zone_is_no_mistake()
    {
        _ = Zones.Find("Europe/Lisbon");
        Assert.Null(TaskSchedule.Cron("0 5 * * *", "Europe/Lisbon").FindMistake());
        Assert.Null(TaskSchedule.Cron("0 5 * * *").FindMistake());
        Assert.Null(TaskSchedule.Every(TimeSpan.FromSeconds(1)).FindMistake());
    }

    // Lisbon: 2026-03-29 01:00 is followed by 02:00, and 2026-10-25 02:00 by 01:00 again.
    [Theory]
    [InlineData("30 1 * * *", "2026-03-28T12:00Z", "2026-03-29T02:00+01:00", "2026-03-30T01:30+01:00")]
    [InlineData("0,20,40 1 * * *", "2026-03-29T00:59Z", "2026-03-29T02:00+01:00", "2026-03-30T01:00+01:00")]
    [InlineData("30 1,2 * * *", "2026-03-29T00:59:59.5Z", "2026-03-29T02:00+01:00", "2026-03-29T02:30+01:00")]
    [InlineData("*/30 * * * *", "2026-03-29T00:00Z", "2026-03-29T00:30+00:00", "2026-03-29T02:00+01:00", "2026-03-29T02:30+01:00")]
    [InlineData("30 1 * * *", "2026-10-24T12:00Z", "2026-10-25T01:30+01:00", "2026-10-26T01:30+00:00")]
    [InlineData("30 1 * * *", "2026-10-25T00:45Z", "2026-10-26T01:30+00:00")]
    [InlineData("30 1 * * *", "2026-10-25T01:10Z", "2026-10-26T01:30+00:00")]
    [InlineData("30 1,2 * * *", "2026-10-25T00:45Z", "2026-10-25T02:30+00:00")]
    [InlineData("30 * * * *", "2026-10-25T00:00Z", "2026-10-25T01:30+01:00", "2026-10-25T01:30+00:00", "2026-10-25T02:30+00:00")]
    [InlineData("*/30 1 * * *", "2026-10-25T00:15Z", "2026-10-25T01:30+01:00", "2026-10-25T01:00+00:00", "2026-10-25T01:30+00:00", "2026-10-26T01:00+00:00")]
    [InlineData("0 5 * * *", "2026-03-28T05:00Z", "2026-03-29T05:00+01:00")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00Z", "2104-02-29T00:00+00:00")]
    [InlineData("0 0 29 2 MON", "2080-01-01T00:00Z", "2112-02-29T00:00+00:00")]
    [InlineData("59 59 23 31 12 *", "2026-12-31T23:59:58Z", "2026-12-31T23:59:59+00:00", "2027-12-31T23:59:59+00:00")]
    [InlineData("30 1 29 3 *", "2025-03-29T02:00Z", "2026-03-29T02:00+01:00")]
    public void Times_in_Lisbon_are_these(string expression, string after, params string[] expected)
    {
        _ = Zones.Find("Europe/Lisbon");
        TaskSchedule schedule = TaskSchedule.Cron(expression, "Europe/Lisbon");
        DateTimeOffset at = Time(after);
        foreach (string time in expected)
        {
            DateTimeOffset? next = schedule.NextAfter(at);
            Assert.NotNull(next);
            Assert.True(next.Value.EqualsExact(Time(time)), $"{next:O}");
            at = next.Value;
        }
    }

    // There the winter time is the exception: of such clock changes .NET's IsInvalidTime and IsAmbiguousTime know nothing.
    [Theory]
    [InlineData("*/30 * * * *", "2026-03-29T00:30Z", "2026-03-29T02:00+01:00")]
    [InlineData("30 1 * * *", "2026-03-28T12:00Z", "2026-03-29T02:00+01:00")]
    [InlineData("30 1 * * *", "2026-10-25T00:30Z", "2026-10-26T01:30+00:00")]
    [InlineData("30 * * * *", "2026-10-25T00:30Z", "2026-10-25T01:30+00:00")]
    public void Times_in_Dublin_are_these(string expression, string after, string expected)
    {
        _ = Zones.Find("Europe/Dublin");
        Assert.Equal(Time(expected), TaskSchedule.Cron(expression, "Europe/Dublin").NextAfter(Time(after)));
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Pacific/Kiritimati")]
    [InlineData("Pacific/Midway")]
    [InlineData("Europe/Lisbon")]
    public void The_calendar_has_two_ends(string id)
    {
        _ = Zones.Find(id);
        TaskSchedule schedule = TaskSchedule.Cron("* * * * * *", id);
        TaskSchedule yearly = TaskSchedule.Cron("@yearly", id);
        Assert.Null(schedule.NextAfter(DateTimeOffset.MaxValue));
        Assert.Null(yearly.NextAfter(DateTimeOffset.MaxValue.AddDays(-40)));
        Assert.NotNull(schedule.NextAfter(DateTimeOffset.MaxValue.AddDays(-2)));
        Assert.NotNull(schedule.NextAfter(DateTimeOffset.MinValue));
        Assert.NotNull(yearly.NextAfter(DateTimeOffset.MinValue));
        Assert.NotNull(yearly.NextAfter(DateTimeOffset.MinValue.AddDays(1)));
        for (int hour = -30; hour < 0; hour++)
        {
            _ = schedule.NextAfter(DateTimeOffset.MaxValue.AddHours(hour));
            _ = yearly.NextAfter(DateTimeOffset.MinValue.AddHours(-hour));
        }
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
