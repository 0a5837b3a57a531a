using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Roles;
using TypedTasks.TestServers;

namespace TypedTasks.Chaos.Tests;

/// <summary>Short forms on NATS.</summary>
public sealed class NatsCampaignTests() : CampaignTests("nats", ServerKind.Nats);

/// <summary>Short forms on Redis.</summary>
public sealed class RedisCampaignTests() : CampaignTests("redis", ServerKind.Redis);

/// <summary>
/// Short forms of the campaigns, on real servers and with real processes; the long ones are in bench/CHAOS.md. The seed is always the same, so that a build which passed does not
/// fail for a schedule that nobody chose; TYPEDTASKS_CHAOS_SEED says another one, and the report prints it.
/// </summary>
public abstract class CampaignTests(string engine, ServerKind server)
{
    [Fact]
    public Task Killed_brokers_and_workers_lose_nothing_and_no_key_completes_twice() =>
        RunAsync("--experiment", "both", "--faults", "broker-kill=2,worker-kill=3", "--tasks", "1500");

    [Fact]
    public Task A_task_that_kills_its_worker_ends_as_a_dead_letter_and_a_worker_that_stood_still_changes_nothing() =>
        RunAsync("--experiment", "poison", "--faults", "worker-pause=1", "--tasks", "1000");

    [Fact]
    public Task A_soak_in_small_spares_a_worker_and_asks_for_outcomes_on_its_way() =>
        RunAsync("--experiment", "soak", "--faults", "worker-kill=1,worker-stop=1", "--tasks", "900", "--rate", "300", "--window", "100");

    [Fact]
    public Task Each_join_of_a_canvas_fires_once_while_brokers_and_workers_are_killed() =>
        RunAsync("--experiment", "canvas", "--faults", "broker-kill=1,settle-kill=1,worker-kill=3", "--tasks", "1000");

    [Fact]
    public Task Each_occurrence_of_a_schedule_runs_under_one_id_while_brokers_and_workers_are_killed() =>
        RunAsync("--experiment", "schedules", "--faults", "settle-kill=1,worker-kill=2", "--tasks", "200");

    private static string Seed => Environment.GetEnvironmentVariable("TYPEDTASKS_CHAOS_SEED") is { Length: > 0 } given ? given : "1";

    private async Task RunAsync(params string[] arguments)
    {
        Require.Server(server);
        ChaosOptions options = ChaosOptions.Parse(["--engine", engine, "--window", "200", .. arguments, "--seed", Seed, "--lease", "2", "--workers", "2"])!;
        ITestOutputHelper? output = TestContext.Current.TestOutputHelper;

        ChaosReport report = await ChaosRun.RunAsync(options, line => output?.WriteLine(line));

        output?.WriteLine(report.ToString());
        Assert.True(report.Verdict.IsValid, report.ToString());
        Assert.Equal(options.Tasks, report.Verdict.Accepted);
    }
}
