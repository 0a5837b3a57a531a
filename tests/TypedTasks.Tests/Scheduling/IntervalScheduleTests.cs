namespace TypedTasks.Tests.Scheduling;

public sealed class IntervalScheduleTests
{
    [Theory]
    [InlineData(1_000, "every 00:00:01")]
    [InlineData(30_000, "every 00:00:30")]
    [InlineData(1_500, "every 00:00:01.5000000")]
    [InlineData(366L * 86_400_000, "every 366.00:00:00")]
    public void The_text_is_the_interval(long milliseconds, string expected) => Assert.Equal(expected, TaskSchedule.Every(TimeSpan.FromMilliseconds(milliseconds)).Text);

    [Theory]
    [InlineData(0)]
    [InlineData(-TimeSpan.TicksPerMinute)]
    [InlineData(TimeSpan.TicksPerSecond - TimeSpan.TicksPerMillisecond)]
    [InlineData(TimeSpan.TicksPerSecond + 1)]
    [InlineData((366 * TimeSpan.TicksPerDay) + TimeSpan.TicksPerMillisecond)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void What_is_too_short_too_long_or_too_fine_is_refused(long ticks)
    {
        ArgumentOutOfRangeException exception = Assert.Throws<ArgumentOutOfRangeException>(() => TaskSchedule.Every(new TimeSpan(ticks)));
        Assert.Equal("interval", exception.ParamName);
        Assert.StartsWith("The interval of a schedule is from one second to 366 days, in whole milliseconds.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_says_the_same_is_equal()
    {
        TaskSchedule schedule = TaskSchedule.Every(TimeSpan.FromSeconds(60));
        Assert.Equal(schedule, TaskSchedule.Every(TimeSpan.FromMinutes(1)));
        Assert.NotEqual(schedule, TaskSchedule.Every(TimeSpan.FromMinutes(2)));
        Assert.NotEqual(schedule, schedule with { Missed = MissedRuns.Skip });
    }

    [Theory]
    [InlineData(0, 7_000)]
    [InlineData(1, 7_000)]
    [InlineData(6_999, 7_000)]
    [InlineData(7_000, 14_000)]
    [InlineData(-1, 0)]
    [InlineData(-7_000, 0)]
    [InlineData(-7_001, -7_000)]
    [InlineData(-14_000, -7_000)]
    public void Steps_are_counted_from_1970(long after, long expected)
    {
        TaskSchedule schedule = TaskSchedule.Every(TimeSpan.FromSeconds(7));
        DateTimeOffset instant = DateTimeOffset.UnixEpoch.AddMilliseconds(after);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(expected), schedule.NextAfter(instant));
        Assert.Equal(DateTimeOffset.UnixEpoch.AddMilliseconds(expected), schedule.NextAfter(instant.ToOffset(TimeSpan.FromHours(-7))));
    }

    [Fact]
    public void The_next_step_is_after_the_instant_and_at_most_one_interval_later()
    {
        Random random = new(1);
        for (int round = 0; round < 20_000; round++)
        {
            TimeSpan interval = TimeSpan.FromMilliseconds(random.NextInt64(1_000, random.Next(2) == 0 ? 100_000 : 366L * 86_400_000));
            DateTimeOffset instant = new(random.NextInt64(TimeSpan.TicksPerDay * 1_000, DateTime.MaxValue.Ticks - (366 * TimeSpan.TicksPerDay)), TimeSpan.Zero);
            DateTimeOffset? next = TaskSchedule.Every(interval).NextAfter(instant);
            Assert.NotNull(next);
            Assert.InRange(next.Value - instant, new TimeSpan(1), interval);
            Assert.Equal(0, (next.Value - DateTimeOffset.UnixEpoch).Ticks % interval.Ticks);
        }
    }

    [Fact]
    public void The_calendar_has_two_ends()
    {
        TaskSchedule schedule = TaskSchedule.Every(TimeSpan.FromDays(366));
        Assert.Null(schedule.NextAfter(DateTimeOffset.MaxValue));
        Assert.Null(TaskSchedule.Every(TimeSpan.FromSeconds(1)).NextAfter(DateTimeOffset.MaxValue));
        Assert.NotNull(TaskSchedule.Every(TimeSpan.FromSeconds(1)).NextAfter(DateTimeOffset.MaxValue.AddSeconds(-2)));
        Assert.NotNull(schedule.NextAfter(DateTimeOffset.MinValue));
    }
}
