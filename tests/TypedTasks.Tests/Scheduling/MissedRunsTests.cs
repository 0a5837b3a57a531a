using TypedTasks.Scheduling;

namespace TypedTasks.Tests.Scheduling;

/// <summary>What becomes of occurrences that came while no host was there.</summary>
public sealed class MissedRunsTests
{
    private static readonly DateTimeOffset Start = Testing.VirtualTime.Start;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Theory]
    [InlineData(59, true)]
    [InlineData(60, false)]
    [InlineData(3_599, false)]
    public async Task Where_missed_ones_are_skipped_one_that_is_less_than_a_minute_late_is_not(int secondsLate, bool isEnqueued)
    {
        await using var hosts = new ScheduleHosts();
        TaskSchedule hourly = TaskSchedule.Every(Hour) with { Missed = MissedRuns.Skip };
        await BeAwayAsync(hosts, hourly, (3 * Hour) + TimeSpan.FromSeconds(secondsLate));

        Assert.Equal(isEnqueued ? [Start + (3 * Hour)] : [], hosts.Ran);
        Assert.Equal(isEnqueued ? 0 : 1, hosts.Logged(42).Length);
        Assert.Equal((Start + (3 * Hour)).ToUnixTimeMilliseconds(), (await hosts.RecordAsync("missed"))!.After);

        await hosts.AdvanceAsync(Hour);
        Assert.Equal(Start + (4 * Hour), hosts.Ran[^1]);
    }

    [Fact]
    public async Task The_latest_of_millions_is_found_at_once()
    {
        await using var hosts = new ScheduleHosts();
        var everySecond = new OwnRule("every second", NextSecond);
        TimeSpan away = TimeSpan.FromDays(31);
        await BeAwayAsync(hosts, everySecond, away);

        Assert.Equal([Start + away], hosts.Ran);
        Assert.InRange(everySecond.Asked, 1, 100);
        Assert.Contains("from 2030-01-01T00:00:01.0000000+00:00 to before 2030-02-01T00:00:00", Assert.Single(hosts.Logged(43)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_latest_is_found_at_once_where_many_came_and_then_none_for_long()
    {
        DateTimeOffset end = Start + TimeSpan.FromDays(90);
        var quarter = new OwnRule("every second of a quarter", instant => instant < end ? NextSecond(instant) : null);

        DateTimeOffset? latest = Occurrences.Latest(quarter, Start, Start + TimeSpan.FromDays(200));

        Assert.Equal(end, latest);
        Assert.InRange(quarter.Asked, 1, 100);
    }

    [Fact]
    public void The_latest_is_the_one_that_is_found_one_after_another()
    {
        var random = new Random(20300101);
        for (int round = 0; round < 2_000; round++)
        {
            DateTimeOffset[] times = [.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => Start + TimeSpan.FromMilliseconds(random.NextInt64(1L << random.Next(1, 36)))).Distinct().Order()];
            var rule = new OwnRule("these", instant => times.Where(time => time > instant).Select(time => (DateTimeOffset?)time).FirstOrDefault());
            DateTimeOffset after = Start + TimeSpan.FromTicks(random.NextInt64(1L << random.Next(1, 49)));
            DateTimeOffset until = after + TimeSpan.FromTicks(random.NextInt64(1L << random.Next(1, 49)));

            Assert.Equal(times.Where(time => time > after && time <= until).Select(time => (DateTimeOffset?)time).LastOrDefault(), Occurrences.Latest(rule, after, until));
        }
    }

    [Fact]
    public async Task Each_that_was_missed_is_enqueued_in_order()
    {
        await using var hosts = new ScheduleHosts();
        await BeAwayAsync(hosts, TaskSchedule.Every(Hour) with { Missed = MissedRuns.Each }, 50 * Hour);
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Enumerable.Range(1, 50).Select(hour => (DateTimeOffset?)(Start + (hour * Hour))), hosts.Ran);
        Assert.Equal(hosts.Logged(41).Order(StringComparer.Ordinal), hosts.Logged(41));
        Assert.Equal(50, hosts.Logged(41).Length);
        Assert.Empty(hosts.Logged(43));
    }

    private static DateTimeOffset? NextSecond(DateTimeOffset instant) => TaskSchedule.Every(TimeSpan.FromSeconds(1)).NextAfter(instant);

    /// <summary>A host is there at the start, and another after a time.</summary>
    private static async Task BeAwayAsync(ScheduleHosts hosts, TaskSchedule schedule, TimeSpan away)
    {
        ScheduleHost first = await hosts.StartAsync(Schedule);
        await first.StopAsync();
        hosts.Time.AdvanceTo(Start + away);
        await hosts.StartWorkerAsync(Schedule);
        await hosts.AdvanceAsync(TimeSpan.Zero);

        void Schedule(TypedTasksBuilder tasks) => tasks.AddSchedule("missed", ErrandsTasks.Run("late"), schedule);
    }
}
