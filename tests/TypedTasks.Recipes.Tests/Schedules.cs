using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Testing;

namespace Recipes.Schedules;

[TaskContract("books")]
public interface IBooks
{
    // At five in Lisbon, whatever the servers' clocks are set to and whether it is summer there.
    [Task]
    [Idempotent]
    [Schedule("0 5 * * *", TimeZone = "Europe/Lisbon")]
    ValueTask CloseDayAsync(TaskContext context = null!);

    // Not again while one is still being read, and of no use once it is late.
    [Task(Expires = "20s", MaxAttempts = 1)]
    [Idempotent]
    [Schedule(Every = "30s", SkipWhileRunning = true, Missed = MissedRuns.Skip)]
    ValueTask ReadFeedAsync();

    [Task]
    [Idempotent(Key = "{region}:{month}")]
    ValueTask ReportAsync(string region, string month = "", TaskContext context = null!);
}

// What a schedule is to call with, or what is known only when the host starts, is registered there.
public static class Registration
{
    public static TypedTasksBuilder AddReports(this TypedTasksBuilder tasks, IEnumerable<string> regions, string cron)
    {
        foreach (string region in regions)
        {
            tasks.AddSchedule($"report-{region}", BooksTasks.Report(region), TaskSchedule.Cron(cron, "Europe/Lisbon") with { Missed = MissedRuns.Each });
        }

        return tasks;
    }
}

// The day is that of the occurrence: an attempt hours later, or a run after an outage, closes the same one.
public sealed class BookKeeper(IBookkeeping books) : IBooks
{
    private static readonly TimeZoneInfo Lisbon = TimeZoneInfo.FindSystemTimeZoneById("Europe/Lisbon");

    public ValueTask CloseDayAsync(TaskContext context) => books.CloseAsync(DayOf(context).AddDays(-1));

    public ValueTask ReadFeedAsync() => books.ReadFeedAsync();

    public ValueTask ReportAsync(string region, string month, TaskContext context) =>
        books.ReportAsync(region, month.Length > 0 ? month : DayOf(context).AddMonths(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture));

    private static DateOnly DayOf(TaskContext context) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(context.Occurrence ?? context.EnqueuedAt, Lisbon).DateTime);
}

// What an operator sees and does.
public sealed class Schedules(ITaskAdmin tasks)
{
    public async Task<List<string>> ListAsync()
    {
        List<string> lines = [];
        await foreach (ScheduleReport schedule in tasks.ListSchedulesAsync())
        {
            lines.Add($"{schedule.Name}: {schedule.Text}, last {schedule.LastOccurrence:u}, next {schedule.NextOccurrence:u}{(schedule.IsPaused ? ", paused" : "")}");
        }

        return lines;
    }

    public async Task PauseAsync(string name) => await tasks.PauseScheduleAsync(name);

    public async Task ResumeAsync(string name) => await tasks.ResumeScheduleAsync(name);
}

// The reader's own.
public interface IBookkeeping
{
    ValueTask CloseAsync(DateOnly day);

    ValueTask ReadFeedAsync();

    ValueTask ReportAsync(string region, string month);
}

public sealed class SchedulesTests
{
    private readonly Ledger _ledger = new();

    [Fact]
    public async Task The_day_is_closed_at_five_in_winter_and_in_summer()
    {
        // Summer time begins in Lisbon on the last Sunday of March: five o'clock is four in UTC then.
        await using TaskTestHost host = await StartAsync(new DateTimeOffset(2030, 3, 30, 0, 0, 0, TimeSpan.Zero));

        await host.AdvanceAsync(TimeSpan.FromHours(4.9));
        Assert.Empty(_ledger.Closed);
        await host.AdvanceAsync(TimeSpan.FromHours(0.2));
        Assert.Equal([new DateOnly(2030, 3, 29)], _ledger.Closed);
        await host.AdvanceAsync(TimeSpan.FromHours(23));

        Assert.Equal([new DateOnly(2030, 3, 29), new DateOnly(2030, 3, 30)], _ledger.Closed);
    }

    [Fact]
    public async Task The_feed_is_read_every_half_minute()
    {
        await using TaskTestHost host = await StartAsync();

        await host.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.InRange(_ledger.FeedsRead, 19, 20);
    }

    [Fact]
    public async Task Each_region_has_its_report_of_the_month_before()
    {
        await using TaskTestHost host = await StartAsync(new DateTimeOffset(2030, 1, 31, 0, 0, 0, TimeSpan.Zero));

        await host.AdvanceAsync(TimeSpan.FromDays(2));

        Assert.Equal(["north 2030-01", "south 2030-01"], _ledger.Reports.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Schedules_are_listed_and_a_paused_one_stands_still()
    {
        await using TaskTestHost host = await StartAsync();
        var schedules = new Schedules(host.Services.GetRequiredService<ITaskAdmin>());
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Contains(await schedules.ListAsync(), line => line.StartsWith("books.read-feed: every 00:00:30, last 2030-01-01 00:0", StringComparison.Ordinal));

        await schedules.PauseAsync("books.read-feed");
        await host.AdvanceAsync(TimeSpan.FromMinutes(5));
        int read = _ledger.FeedsRead;
        Assert.Contains(await schedules.ListAsync(), line => line.StartsWith("books.read-feed", StringComparison.Ordinal) && line.EndsWith(", paused", StringComparison.Ordinal));
        await schedules.ResumeAsync("books.read-feed");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.InRange(_ledger.FeedsRead - read, 1, 2);
    }

    private Task<TaskTestHost> StartAsync(DateTimeOffset? at = null)
    {
        var time = new VirtualTime();
        time.AdvanceTo(at ?? VirtualTime.Start);
        return TaskTestHost.StartAsync(
            tasks =>
            {
                tasks.Services.AddSingleton<IBookkeeping>(_ledger);
                tasks.AddWorker<IBooks, BookKeeper>().AddReports(["north", "south"], "0 6 1 * *");
            },
            time);
    }

    private sealed class Ledger : IBookkeeping
    {
        public List<DateOnly> Closed { get; } = [];

        public List<string> Reports { get; } = [];

        public int FeedsRead { get; private set; }

        public ValueTask CloseAsync(DateOnly day)
        {
            lock (Closed)
            {
                Closed.Add(day);
                return default;
            }
        }

        public ValueTask ReadFeedAsync()
        {
            lock (Closed)
            {
                FeedsRead++;
                return default;
            }
        }

        public ValueTask ReportAsync(string region, string month)
        {
            lock (Closed)
            {
                Reports.Add($"{region} {month}");
                return default;
            }
        }
    }
}
