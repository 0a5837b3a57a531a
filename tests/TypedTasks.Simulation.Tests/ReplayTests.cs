using System.Diagnostics;
using TypedTasks.Simulation.Checks;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation;

/// <summary>A seed is one world, whenever and wherever it is run: what cannot be run again cannot be understood.</summary>
public class ReplayTests
{
    private const int Seeds = 300;

    // Where the second process leaves its traces for the first.
    private const string TracesVariable = "TYPEDTASKS_TRACES";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public void Every_seed_replays_exactly()
    {
        string[] first = Traces();
        for (int seed = Seeds - 1; seed >= 0; seed--)
        {
            // Backwards, so that each comes after others than before.
            Assert.Equal(first[seed], TraceOf(seed));
        }

        Assert.Equal(Seeds, first.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_seed_is_the_same_world_in_another_process()
    {
        if (Environment.GetEnvironmentVariable(TracesVariable) is { } asked)
        {
            await File.WriteAllLinesAsync(asked, Traces());
            return;
        }

        string path = Path.GetTempFileName();
        try
        {
            await RunAnotherAsync(path);
            Assert.Equal(Traces(), await File.ReadAllLinesAsync(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_comes_from_another_thread_is_refused_and_the_next_step_says_so()
    {
        var world = new SimWorld(seed: 1);
        world.Schedule(TimeSpan.Zero, () => { });
        InvariantException? refused = null;
        var other = new Thread(() => refused = Assert.Throws<InvariantException>(() => world.Schedule(TimeSpan.Zero, () => { })));
        other.Start();
        other.Join();

        Assert.Contains(nameof(What_comes_from_another_thread_is_refused_and_the_next_step_says_so), refused!.Message, StringComparison.Ordinal);
        Assert.Same(refused, Assert.Throws<InvariantException>(() => world.Step()));
    }

    private static string[] Traces() => [.. Enumerable.Range(0, Seeds).Select(TraceOf)];

    // One line each: a law that does not hold is told in several.
    private static string TraceOf(int seed) => Simulation.Trace(Scenario.Of(seed)).ReplaceLineEndings(" ");

    private static async Task RunAnotherAsync(string path)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ReplayTests).Assembly.Location);
        }

        start.ArgumentList.Add("-noLogo");
        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(ReplayTests).FullName}.{nameof(Every_seed_is_the_same_world_in_another_process)}");
        start.Environment[TracesVariable] = path;
        using Process other = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            Task<string> told = other.StandardOutput.ReadToEndAsync(limit.Token);
            Task<string> complained = other.StandardError.ReadToEndAsync(limit.Token);
            await other.WaitForExitAsync(limit.Token);
            Assert.True(other.ExitCode == 0, $"The other process ended with code {other.ExitCode}: {await told}{await complained}");
        }
        finally
        {
            if (!other.HasExited)
            {
                other.Kill();
            }
        }
    }
}
