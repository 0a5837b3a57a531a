using TypedTasks.Load.Engines;
using TypedTasks.Load.Sweeps;
using TypedTasks.TestServers;

namespace TypedTasks.Load.Tests;

/// <summary>The sweeps in small: each of their points, as far as that takes no machine of its own, and nothing lost at any.</summary>
public sealed class SweepTests
{
    public static TheoryData<string, string, int> Sweeps =>
        new(from engine in (string[])["embedded", "nats", "redis"]
            from sweep in ((string Name, int Most)[])[("depth", 10_000), ("callers", 256), ("payload", 65_536), ("concurrency", 256), ("lanes", 1_000), ("processes", 4)]
            where (engine, sweep.Name) != ("embedded", "processes")
            select (engine, sweep.Name, sweep.Most));

    [Theory]
    [MemberData(nameof(Sweeps))]
    public async Task Nothing_is_lost_or_run_twice_at_any_point(string name, string sweepName, int most)
    {
        if (name != "embedded")
        {
            Require.Server(name == "nats" ? ServerKind.Nats : ServerKind.Redis);
        }

        Sweep sweep = Sweep.Of(sweepName);
        LoadOptions options = LoadOptions.Parse(["--engine", name, "--tasks", "2000", "--callers", "16", "--payload", "64"])!;
        int points = 0;
        foreach (int point in sweep.Points.Where(point => point <= most))
        {
            await using LoadEngine engine = LoadEngine.Create(name);
            LoadReport report = await new LoadRun(sweep.At(options, point), engine).RunAsync();

            Assert.InRange(report.Tasks, 100, 2000);
            Assert.Equal((point, 0, 0), (point, report.Lost, report.Duplicated));
            points++;
        }

        Assert.True(points >= 3);
    }

    [Theory]
    [InlineData("--lanes", "--lanes", "7", "--payload", "64")]
    [InlineData("--lanes", "--lanes", "7", "--raw")]
    [InlineData("--processes", "--processes", "2")]
    [InlineData("--processes", "--processes", "2", "--engine", "redis", "--mode", "consume")]
    public async Task What_does_not_go_together_is_refused(string why, params string[] arguments)
    {
        LoadOptions options = LoadOptions.Parse(arguments)!;
        await using LoadEngine engine = LoadEngine.Create(options.Engine);

        BenchException refused = await Assert.ThrowsAsync<BenchException>(() => new LoadRun(options, engine).RunAsync());

        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }
}
