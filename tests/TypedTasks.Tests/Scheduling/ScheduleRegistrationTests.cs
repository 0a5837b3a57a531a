using Microsoft.Extensions.DependencyInjection;

namespace TypedTasks.Tests.Scheduling;

/// <summary>Schedules that are registered wrongly are refused where they are registered, or at the start.</summary>
public sealed class ScheduleRegistrationTests
{
    private static readonly TaskSchedule Hourly = TaskSchedule.Cron("@hourly");

    [Fact]
    public async Task A_name_that_two_schedules_have() => Assert.Contains(
        "2 schedules of the name 'twice'",
        await MistakeOf(tasks => tasks.AddSchedule("twice", ErrandsTasks.Run("a"), Hourly).AddSchedule("twice", ErrandsTasks.Run("b"), Hourly)),
        StringComparison.Ordinal);

    [Fact]
    public async Task The_name_of_a_tasks_own_schedule() => Assert.Contains(
        "2 schedules of the name 'clocks.strike'",
        await MistakeOf(tasks =>
        {
            tasks.Services.AddSingleton(new Clock());
            tasks.AddWorker<IClocks, Clock>().AddSchedule("clocks.strike", ErrandsTasks.Run("a"), Hourly);
        }),
        StringComparison.Ordinal);

    [Fact]
    public async Task A_time_zone_that_nobody_knows()
    {
        string mistake = await MistakeOf(tasks => tasks.AddSchedule("lost", ErrandsTasks.Run("a"), TaskSchedule.Cron("0 5 * * *", "Europe/Atlantis")));

        Assert.Contains("The schedule 'lost'", mistake, StringComparison.Ordinal);
        Assert.Contains("'Europe/Atlantis'", mistake, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_neither_empty_nor_too_long_nor_has_it_control_characters()
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks =>
        {
            Assert.Throws<ArgumentNullException>(() => Add(tasks, null!));
            Assert.Throws<ArgumentException>(() => Add(tasks, ""));
            Assert.Throws<ArgumentException>(() => Add(tasks, new string('x', 201)));
            Assert.Throws<ArgumentException>(() => Add(tasks, new string('é', 101)));
            Assert.Throws<ArgumentException>(() => Add(tasks, "two\nlines"));
            Assert.Throws<ArgumentException>(() => Add(tasks, "\u007f"));
            Assert.Throws<ArgumentNullException>(() => tasks.AddSchedule("none", ErrandsTasks.Run("a"), null!));
        });
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(TypedTasks.Scheduling.ScheduleRegistration));
    }

    [Fact]
    public async Task The_longest_name_is_one_that_hosts_go_by()
    {
        await using var hosts = new ScheduleHosts();
        string name = new('é', 100);
        ScheduleHost host = await hosts.StartWorkerAsync(tasks => tasks.AddSchedule(name, ErrandsTasks.Pay("a"), Hourly));

        await hosts.AdvanceAsync(TimeSpan.FromHours(1.5));

        Assert.Equal(name, Assert.Single(await host.ReportsAsync()).Name);
        Assert.Single(hosts.Errands.Runs);
    }

    private static void Add(TypedTasksBuilder tasks, string name) => tasks.AddSchedule(name, ErrandsTasks.Run("a"), Hourly);

    private static async Task<string> MistakeOf(Action<TypedTasksBuilder> configure)
    {
        await using var hosts = new ScheduleHosts();
        return (await Assert.ThrowsAsync<TaskConfigurationException>(() => hosts.StartAsync(configure))).Message;
    }
}
