using TypedTasks.Load.Engines;
using TypedTasks.TestServers;

namespace TypedTasks.Load.Tests;

/// <summary>The bench in small: what it counts, never how long it took.</summary>
public sealed class LoadRunTests
{
    /// <summary>So many that what hosts and callers allocate once does not show.</summary>
    private const int Tasks = 100_000;

    /// <summary>One object for each task would be this and more; what timers and the thread pool allocate meanwhile is no task's.</summary>
    private const double OneObject = 24;

    public static TheoryData<string, string> Runs =>
        new(from engine in (string[])["embedded", "nats", "redis"] from mode in (string[])["enqueue", "consume", "endtoend"] select (engine, mode));

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task No_task_is_lost_or_run_twice_and_none_allocates(string engine, string mode)
    {
        LoadReport report = await RunAsync(engine, "--mode", mode, "--callers", "64", "--payload", "64");

        Assert.Equal((Tasks, 0, 0), (report.Tasks, report.Lost, report.Duplicated));
        if ((engine, mode) != ("embedded", "enqueue"))
        {
            // There the waiting task itself is in this process's memory.
            Assert.InRange(report.BytesPerTask, 0, OneObject);
        }
    }

    [Theory]
    [InlineData("embedded", false)]
    [InlineData("nats", true)]
    [InlineData("redis", true)]
    public async Task What_the_wire_alone_can_do_is_measured_in_the_same_run(string engine, bool hasWire)
    {
        foreach (string mode in (string[])["enqueue", "consume", "endtoend"])
        {
            LoadReport report = await RunAsync(engine, "--mode", mode, "--callers", "64", "--tasks", "4000", "--raw");

            Assert.Equal(hasWire, report.RawTasksPerSecond > 0);
            Assert.Equal(report.TasksPerSecond / report.RawTasksPerSecond, report.RatioToRaw);
        }
    }

    public static TheoryData<string, string> Once => new(from engine in (string[])["embedded", "nats", "redis"] from once in (string[])["id", "key"] select (engine, once));

    [Theory]
    [MemberData(nameof(Once))]
    public async Task Tasks_that_are_accepted_or_completed_once_all_run_once(string engine, string once)
    {
        LoadReport report = await RunAsync(engine, "--mode", "endtoend", "--callers", "16", "--payload", "64", "--concurrency", "16", "--tasks", "4000", "--once", once);

        Assert.Equal((4000, 0, 0), (report.Tasks, report.Lost, report.Duplicated));
    }

    [Theory]
    [InlineData("--raw")]
    [InlineData("--payload", "65")]
    public async Task What_asks_whether_a_task_was_there_before_has_no_raw_figure_and_one_size(params string[] options)
    {
        BenchException refused = await Assert.ThrowsAsync<BenchException>(() => RunAsync("embedded", ["--payload", "64", "--once", "key", .. options]));

        Assert.Contains("--once", refused.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Canvases => new(from engine in (string[])["embedded", "nats", "redis"] from canvas in (string[])["chain", "group"] select (engine, canvas));

    [Theory]
    [MemberData(nameof(Canvases))]
    public async Task Steps_of_canvases_all_run_once(string engine, string canvas)
    {
        LoadReport report = await RunAsync(engine, "--canvas", canvas, "--callers", "4", "--concurrency", "16", "--tasks", "4000");

        Assert.Equal((4000, 0, 0), (report.Tasks, report.Lost, report.Duplicated));
    }

    [Theory]
    [InlineData("--raw")]
    [InlineData("--mode", "enqueue")]
    [InlineData("--tasks", "1001")]
    public async Task A_canvas_is_whole_and_runs_from_end_to_end(params string[] options)
    {
        BenchException refused = await Assert.ThrowsAsync<BenchException>(() => RunAsync("embedded", ["--canvas", "group", .. options]));

        Assert.Contains("--canvas", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nats")]
    [InlineData("redis")]
    public async Task Tasks_at_a_constant_rate_are_all_run(string engine)
    {
        LoadReport report = await RunAsync(engine, "--mode", "latency", "--tasks", "2000", "--rate", "2000", "--raw");

        Assert.Equal((2000, 0, 0), (report.Tasks, report.Lost, report.Duplicated));
        Assert.NotNull(report.P99Micros);
        Assert.True(report.RawP50Micros > 0 && report.RawP99Micros >= report.RawP50Micros);
    }

    [Theory]
    [InlineData("embedded")]
    [InlineData("nats")]
    [InlineData("redis")]
    public async Task Tasks_that_waited_before_are_run_and_not_counted_in(string engine)
    {
        LoadReport report = await RunAsync(engine, "--mode", "enqueue", "--callers", "7", "--tasks", "3000", "--depth", "1000");

        Assert.Equal((3000, 0, 0), (report.Tasks, report.Lost, report.Duplicated));
    }

    [Theory]
    [InlineData("embedded", "--storage", "file")]
    [InlineData("nats", "--storage", "always")]
    [InlineData("nats", "--server", "latest")]
    [InlineData("redis", "--storage", "memory")]
    public async Task An_option_that_the_engine_does_not_have_is_refused(string engine, string option, string value)
    {
        NeedServer(engine);
        BenchException refused = await Assert.ThrowsAsync<BenchException>(() => RunAsync(engine, option, value));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }

    private static async Task<LoadReport> RunAsync(string name, params string[] arguments)
    {
        NeedServer(name);
        LoadOptions options = LoadOptions.Parse(["--engine", name, "--tasks", $"{Tasks}", .. arguments])!;
        await using LoadEngine engine = LoadEngine.Create(name);
        return await new LoadRun(options, engine).RunAsync();
    }

    private static void NeedServer(string engine)
    {
        if (engine != "embedded")
        {
            Require.Server(engine == "nats" ? ServerKind.Nats : ServerKind.Redis);
        }
    }
}
