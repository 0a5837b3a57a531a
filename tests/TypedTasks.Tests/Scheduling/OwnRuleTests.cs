using Microsoft.Extensions.Logging;

namespace TypedTasks.Tests.Scheduling;

/// <summary>Rules that users write: those that end, and those that go wrong.</summary>
public sealed class OwnRuleTests
{
    private static readonly DateTimeOffset Start = Testing.VirtualTime.Start;
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task A_rule_that_ends_ends_quietly()
    {
        await using var hosts = new ScheduleHosts();
        DateTimeOffset last = Start + Hour;
        var once = new OwnRule("once", instant => instant < last ? last : null);
        ScheduleHost host = await hosts.StartWorkerAsync(tasks => tasks.AddSchedule("once", ErrandsTasks.Run("once"), once));

        await hosts.AdvanceAsync(3 * Hour);

        Assert.Equal([last], hosts.Ran);
        ScheduleReport report = Assert.Single(await host.ReportsAsync());
        Assert.Equal((last, null), (report.LastOccurrence, report.NextOccurrence));
        Assert.Single(hosts.Logged(44));
        Assert.Empty(hosts.Logged(40));
        Assert.InRange(once.Asked, 1, 10);
    }

    [Theory]
    [InlineData("the same")]
    [InlineData("before")]
    [InlineData("throws")]
    public async Task A_rule_that_goes_wrong_is_told_and_tried_again_while_others_go_on(string how)
    {
        await using var hosts = new ScheduleHosts();
        bool isMended = false;
        var wrong = new OwnRule("wrong", instant => isMended ? instant + Hour : how switch
        {
            "the same" => instant,
            "before" => instant - Hour,
            _ => throw new InvalidTimeZoneException("What a rule throws."),
        });
        await hosts.StartWorkerAsync(tasks => tasks
            .AddSchedule("wrong", ErrandsTasks.Run("wrong"), wrong)
            .AddSchedule("right", ErrandsTasks.Run("right"), TaskSchedule.Every(Hour)));

        await hosts.AdvanceAsync(Hour + TimeSpan.FromMinutes(1));

        Assert.Equal(["right"], hosts.Errands.Runs.Select(run => run.Name));
        string[] warnings = hosts.Logged(40, LogLevel.Warning);
        Assert.InRange(warnings.Length, 1, 100);
        Assert.All(warnings, warning => Assert.StartsWith("The schedule wrong cannot go on", warning, StringComparison.Ordinal));
        Assert.Contains(how == "throws" ? "What a rule throws." : "NextAfter gives an instant that is later", warnings[0], StringComparison.Ordinal);

        // At most every few seconds, once it has failed for a while.
        Assert.InRange(wrong.Asked, 10, 3_600);

        isMended = true;
        await hosts.AdvanceAsync(Hour + TimeSpan.FromMinutes(1));
        Assert.Contains(hosts.Errands.Runs, run => run.Name == "wrong");
    }

    [Fact]
    public async Task Times_between_milliseconds_are_rounded_and_make_none_come_twice()
    {
        await using var hosts = new ScheduleHosts();
        var odd = new OwnRule("odd", instant => instant < Start + TimeSpan.FromMilliseconds(5) ? instant.AddTicks(1) : null) { Missed = MissedRuns.Each };
        await hosts.StartWorkerAsync(tasks => tasks.AddSchedule("odd", ErrandsTasks.Run("odd"), odd));

        await hosts.AdvanceAsync(Hour);

        Assert.Equal(Enumerable.Range(1, 5).Select(count => (DateTimeOffset?)Start.AddMilliseconds(count)), hosts.Ran);
    }
}
