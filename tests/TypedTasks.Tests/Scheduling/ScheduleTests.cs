using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using TypedTasks.Scheduling;

namespace TypedTasks.Tests.Scheduling;

/// <summary>What hosts enqueue by schedules, each occurrence once.</summary>
public sealed class ScheduleTests
{
    private static readonly TaskSchedule Hourly = TaskSchedule.Every(TimeSpan.FromHours(1));

    [Fact]
    public async Task A_task_with_a_schedule_runs_by_the_clock_of_its_zone_with_the_defaults_of_its_parameters()
    {
        await using var hosts = new ScheduleHosts();
        var clock = new Clock();
        hosts.Time.AdvanceTo(Utc(3, 30, 0, 0));
        await hosts.StartAsync(tasks => tasks.AddWorker<IClocks, Clock>().Services.AddSingleton(clock));
        await hosts.StartAsync(tasks => tasks.AddWorker<IClocks, Clock>().Services.AddSingleton(clock));

        await hosts.AdvanceAsync(TimeSpan.FromDays(2.25));

        // On the 31st the clock goes from 1:00 to 2:00, and half past one is left out.
        Assert.Equal([Utc(3, 30, 1, 30), Utc(3, 31, 1, 0), Utc(4, 1, 0, 30)], clock.Strikes.Select(strike => strike.Occurrence!.Value).Order());
        Assert.All(clock.Strikes, strike => Assert.Equal(("Belém", 3), (strike.Tower, strike.Times)));
        Assert.All(clock.Strikes, strike => Assert.Equal(TimeSpan.Zero, strike.Occurrence!.Value.Offset));
        Assert.All(clock.Strikes, strike => Assert.InRange(strike.EnqueuedAt - strike.Occurrence!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_host_that_has_only_a_client_does_not_go_by_the_contracts_schedules()
    {
        await using var hosts = new ScheduleHosts();
        ScheduleHost host = await hosts.StartAsync(tasks => tasks.AddClient<IClocks>());

        await hosts.LeapAsync(TimeSpan.FromDays(3), TimeSpan.FromHours(1));

        Assert.Empty(await host.ReportsAsync());
        Assert.Equal(0, (await hosts.Engine.Administration.GetStatisticsAsync(ClocksTasks.StrikeArguments.Task.Lane, TestContext.Current.CancellationToken)).Ready);
    }

    [Fact]
    public async Task A_task_that_another_contract_inherits_is_enqueued_once()
    {
        await using var hosts = new ScheduleHosts();
        var clock = new Clock();
        hosts.Time.AdvanceTo(Utc(1, 1, 1, 0));
        ScheduleHost host = await hosts.StartAsync(tasks =>
        {
            tasks.Services.AddSingleton(clock).AddSingleton(new Bell(clock));
            tasks.AddWorker<IClocks, Clock>().AddWorker<IBells, Bell>();
        });

        await hosts.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(Utc(1, 1, 1, 30), Assert.Single(clock.Strikes).Occurrence);
        Assert.Equal(("clocks.strike", "clocks.strike"), Assert.Single((await host.ReportsAsync()).Select(report => (report.Name, report.Task))));
    }

    [Fact]
    public async Task A_call_that_is_enqueued_by_hand_is_of_no_occurrence()
    {
        await using var hosts = new ScheduleHosts();
        ScheduleHost host = await hosts.StartWorkerAsync(tasks => tasks.AddClient<IErrands>());

        await host.Services.GetRequiredService<ITaskClient<IErrands>>().RunAsync("by hand", cancellationToken: TestContext.Current.CancellationToken);
        await hosts.AdvanceAsync(TimeSpan.Zero);

        Assert.Null(Assert.Single(hosts.Errands.Runs).Occurrence);
    }

    [Fact]
    public async Task A_task_with_an_idempotency_key_runs_at_every_occurrence()
    {
        await using var hosts = new ScheduleHosts();
        await hosts.StartWorkerAsync(tasks => tasks.AddSchedule("pay", ErrandsTasks.Pay("rent"), Hourly));

        await hosts.AdvanceAsync(TimeSpan.FromHours(3.5));

        Assert.Equal([Utc(1, 1, 1, 0), Utc(1, 1, 2, 0), Utc(1, 1, 3, 0)], hosts.Ran);
        Assert.Equal(3, hosts.Errands.Runs.Select(run => run.Key).Distinct().Count());
        Assert.All(hosts.Errands.Runs, run => Assert.StartsWith("pay@2030-01-01T0", run.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_host_that_could_not_note_what_it_enqueued_has_no_other_run_it_again_though_its_outcome_is_not_kept()
    {
        await using var hosts = new ScheduleHosts();
        var way = new ScheduleWay(hosts);
        ScheduleHost first = await hosts.StartWorkerAsync(Schedule, way);
        way.FailsToWrite = true;
        await hosts.AdvanceAsync(TimeSpan.FromHours(1) + TimeSpan.FromSeconds(5));
        Assert.Equal([Utc(1, 1, 1, 0)], hosts.Ran);
        Assert.Equal(0, (await hosts.RecordAsync("pass"))!.Last);
        await first.StopAsync();

        await hosts.StartWorkerAsync(Schedule);
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(Utc(1, 1, 1, 0).ToUnixTimeMilliseconds(), (await hosts.RecordAsync("pass"))!.Last);
        Assert.Equal([Utc(1, 1, 1, 0)], hosts.Ran);

        static void Schedule(TypedTasksBuilder tasks) => tasks.AddSchedule("pass", ErrandsTasks.Pass("by"), Hourly);
    }

    [Fact]
    public async Task Any_host_enqueues_a_call_that_it_is_given_a_schedule_of()
    {
        await using var hosts = new ScheduleHosts();
        await hosts.StartAsync(tasks => tasks.AddSchedule("far", ErrandsTasks.Run("far"), Hourly));
        await hosts.StartWorkerAsync();

        await hosts.AdvanceAsync(TimeSpan.FromHours(1.5));

        Assert.Equal(("far", Utc(1, 1, 1, 0)), Assert.Single(hosts.Errands.Runs.Select(run => (run.Name, run.Occurrence))));
    }

    [Fact]
    public async Task Hosts_stop_while_a_schedule_waits_without_time_passing()
    {
        await using var hosts = new ScheduleHosts();
        ScheduleHost host = await hosts.StartAsync(tasks => tasks.AddSchedule("wait", ErrandsTasks.Run("wait"), Hourly));
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));
        DateTimeOffset before = hosts.Time.UtcNow;

        await host.StopAsync();

        Assert.Equal(before, hosts.Time.UtcNow);
    }

    [Fact]
    public async Task Hosts_stop_while_a_schedule_waits_to_be_tried_again_without_time_passing()
    {
        await using var hosts = new ScheduleHosts();
        var way = new ScheduleWay(hosts) { FailsToRead = true };
        ScheduleHost host = await hosts.StartAsync(tasks => tasks.AddSchedule("retry", ErrandsTasks.Run("retry"), Hourly), way);
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));
        int failed = hosts.Logged(40).Length;
        Assert.InRange(failed, 10, 1_000);

        await host.StopAsync();
        await hosts.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(failed, hosts.Logged(40).Length);
    }

    private static DateTimeOffset Utc(int month, int day, int hour, int minute) => new(2030, month, day, hour, minute, 0, TimeSpan.Zero);
}

[TaskContract("clocks")]
public interface IClocks
{
    [Task]
    [Schedule("30 1 * * *", TimeZone = "Europe/Lisbon")]
    ValueTask StrikeAsync(string tower = "Belém", int times = 3, TaskContext? context = null);
}

[TaskContract("bells")]
public interface IBells : IClocks
{
    [Task]
    ValueTask RingAsync();
}

public sealed class Clock : IClocks
{
    public ConcurrentQueue<(string Tower, int Times, DateTimeOffset? Occurrence, DateTimeOffset EnqueuedAt)> Strikes { get; } = new();

    public ValueTask StrikeAsync(string tower = "Belém", int times = 3, TaskContext? context = null)
    {
        Strikes.Enqueue((tower, times, context!.Occurrence, context.EnqueuedAt));
        return default;
    }
}

public sealed class Bell(Clock clock) : IBells
{
    public ValueTask StrikeAsync(string tower = "Belém", int times = 3, TaskContext? context = null) => clock.StrikeAsync(tower, times, context);

    public ValueTask RingAsync() => default;
}
