using Microsoft.Extensions.Logging;
using TypedTasks.Engine;
using TypedTasks.Scheduling;

namespace TypedTasks.Tests.Scheduling;

/// <summary>What is kept of a schedule, for all hosts: how it is changed, renewed, lost, and not understood.</summary>
public sealed class ScheduleRecordTests
{
    private static readonly DateTimeOffset Start = Testing.VirtualTime.Start;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_changed_rule_goes_on_from_its_start_and_has_missed_nothing()
    {
        await using var hosts = new ScheduleHosts();
        ScheduleHost first = await hosts.StartWorkerAsync(tasks => Schedule(tasks, 24 * Hour));
        await first.StopAsync();
        hosts.Time.AdvanceTo(Start + (10.5 * Hour));

        ScheduleHost second = await hosts.StartWorkerAsync(tasks => Schedule(tasks, Hour, MissedRuns.Each));
        await hosts.AdvanceAsync(TimeSpan.Zero);

        ScheduleReport report = Assert.Single(await second.ReportsAsync());
        Assert.Equal(("every 01:00:00", Start + (11 * Hour)), (report.Text, report.NextOccurrence));
        Assert.Empty(hosts.Errands.Runs);

        await hosts.AdvanceAsync(2 * Hour);
        Assert.Equal([Start + (11 * Hour), Start + (12 * Hour)], hosts.Ran);
        Assert.Empty(hosts.Logged(43));
    }

    [Fact]
    public async Task An_old_rule_beside_a_new_one_enqueues_none_of_what_has_been()
    {
        await using var hosts = new ScheduleHosts();
        await hosts.StartWorkerAsync(tasks => Schedule(tasks, 2 * Hour));
        await hosts.AdvanceAsync(0.5 * Hour);
        await hosts.StartWorkerAsync(tasks => Schedule(tasks, Hour));

        await hosts.AdvanceAsync(4 * Hour);

        Assert.Equal([Start + Hour, Start + (2 * Hour), Start + (3 * Hour), Start + (4 * Hour)], hosts.Ran);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(10)]
    public async Task A_schedule_that_comes_seldom_is_known_all_the_while(int? daysKept)
    {
        await using var hosts = new ScheduleHosts();
        var way = new ScheduleWay(hosts) { MaxTimeToLive = daysKept is { } days ? TimeSpan.FromDays(days) : null };
        ScheduleHost host = await hosts.StartAsync(tasks => tasks.AddSchedule("leap", ErrandsTasks.Run("leap"), TaskSchedule.Cron("0 0 29 2 *")), way);

        // More than two years, and without a limit a record is kept for one.
        DateTimeOffset next = new(2032, 2, 29, 0, 0, 0, TimeSpan.Zero);
        while (hosts.Time.UtcNow + TimeSpan.FromDays(4) < next)
        {
            await hosts.LeapAsync(TimeSpan.FromDays(3), TimeSpan.FromDays(3));
            Assert.Equal(next, Assert.Single(await host.ReportsAsync()).NextOccurrence);
        }

        await hosts.LeapAsync(TimeSpan.FromDays(6), TimeSpan.FromDays(3));
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));
        ScheduleReport report = Assert.Single(await host.ReportsAsync());
        Assert.Equal((next, next.AddYears(4)), (report.LastOccurrence, report.NextOccurrence));
        Assert.InRange(way.Written, 3, 300);
    }

    [Fact]
    public async Task A_record_that_is_deleted_meanwhile_is_made_again_and_none_is_left_out()
    {
        await using var hosts = new ScheduleHosts();
        ScheduleHost host = await hosts.StartWorkerAsync(tasks => Schedule(tasks, Hour));
        await hosts.AdvanceAsync(1.5 * Hour);

        await hosts.Engine.State.TakeAwayAsync(ScheduleRecord.KeyOf("changing"), Cancellation);
        await hosts.AdvanceAsync(2 * Hour);

        Assert.Equal([Start + Hour, Start + (2 * Hour), Start + (3 * Hour)], hosts.Ran);
        Assert.Equal(Start + (3 * Hour), Assert.Single(await host.ReportsAsync()).LastOccurrence);
    }

    [Theory]
    [InlineData("97 02 A0 A0 00 00 00 C2")]
    [InlineData("96 01 A0 A0 00 00 00")]
    [InlineData("97 01 A0 A0 FF 00 00 C2")]
    [InlineData("C1")]
    [InlineData("A7 67 61 72 62 61 67 65")]
    public async Task A_record_that_is_not_understood_is_told_and_left_alone(string hex)
    {
        byte[] bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        await using var hosts = new ScheduleHosts();
        await hosts.Engine.State.CreateAsync(ScheduleRecord.KeyOf("changing"), bytes, TimeSpan.FromDays(1), Cancellation);
        ScheduleHost host = await hosts.StartWorkerAsync(tasks => Schedule(tasks, Hour).AddSchedule("other", ErrandsTasks.Run("other"), TaskSchedule.Every(Hour)));

        await hosts.AdvanceAsync(2.5 * Hour);

        Assert.Equal(["other", "other"], hosts.Errands.Runs.Select(run => run.Name));
        Assert.Equal("other", Assert.Single(await host.ReportsAsync()).Name);
        Assert.NotEmpty(hosts.Logged(40, LogLevel.Warning));
        Assert.Equal(bytes, (await hosts.Engine.State.GetAsync(ScheduleRecord.KeyOf("changing"), Cancellation))!.Value.Value.ToArray());
    }

    [Fact]
    public void A_record_is_read_as_it_was_written_and_what_a_later_host_adds_is_skipped()
    {
        var record = new ScheduleRecord("errands.run", "every 01:00:00", 1, 2, 3, IsPaused: true);
        byte[] bytes = record.ToBytes();
        Assert.Equal(record, ScheduleRecord.Read(bytes));
        Assert.Equal(record, ScheduleRecord.Read((byte[])[0x98, .. bytes.AsSpan(1), 0xA1, 0x78]));

        for (int length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<MessagePack.MessagePackException>(() => ScheduleRecord.Read(bytes.AsMemory(0, length)));
        }
    }

    private static TypedTasksBuilder Schedule(TypedTasksBuilder tasks, TimeSpan every, MissedRuns missed = MissedRuns.Latest) =>
        tasks.AddSchedule("changing", ErrandsTasks.Run("changing"), TaskSchedule.Every(every) with { Missed = missed });
}
