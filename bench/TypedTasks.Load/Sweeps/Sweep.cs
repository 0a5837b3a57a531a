using TypedTasks.Load.Engines;

namespace TypedTasks.Load.Sweeps;

/// <summary>One dimension of load, from little to much: what is run at each of its points, and what its chart says.</summary>
/// <param name="Axis">What grows.</param>
/// <param name="Points">How much of it.</param>
/// <param name="At">The run at a point.</param>
internal sealed record Sweep(string Axis, int[] Points, Func<LoadOptions, int, LoadOptions> At)
{
    /// <exception cref="BenchException">There is no such sweep.</exception>
    public static Sweep Of(string name) => name switch
    {
        "callers" => new Sweep("callers that enqueue at once", [1, 4, 16, 64, 256, 1024], static (run, n) => run with { Mode = LoadMode.Enqueue, Callers = n }),
        "concurrency" => new Sweep("handlers at once", [1, 2, 4, 16, 64, 256], static (run, n) => run with { Mode = LoadMode.EndToEnd, Concurrency = n }),

        // As many bytes in sum wherever that leaves enough tasks to be measured.
        "payload" => new Sweep("bytes of arguments", [64, 256, 1024, 4096, 16384, 65536], static (run, n) =>
            run with { Mode = LoadMode.EndToEnd, Payload = n, Tasks = Math.Clamp((int)(run.Tasks * 1024L / n), run.Tasks / 20, run.Tasks) }),
        "depth" => new Sweep("tasks that wait in the lane already", [0, 1_000, 10_000, 100_000, 1_000_000], static (run, n) => run with { Mode = LoadMode.Enqueue, Depth = n }),

        // As many handlers and deliveries in sum, as far as every lane has some.
        "lanes" => new Sweep("lanes", [1, 10, 100, 1_000], static (run, n) =>
            run with { Mode = LoadMode.EndToEnd, Lanes = n, Payload = 16, Concurrency = Math.Max(1, run.Concurrency / n), Prefetch = Math.Max(16, run.Prefetch / n) }),
        "processes" => new Sweep("worker processes", [1, 2, 4, 8], static (run, n) => run with { Mode = LoadMode.EndToEnd, Processes = n }),
        _ => throw new BenchException($"There is no sweep '{name}'. Available: depth, callers, payload, concurrency, lanes, processes."),
    };

    /// <summary>Runs every point on every engine that is named, and draws the chart.</summary>
    /// <returns>Whether nothing was lost or run twice.</returns>
    public static async Task<bool> RunAsync(LoadOptions options)
    {
        Sweep sweep = Of(options.Sweep!);
        var chart = new Chart(sweep.Axis);
        bool isGood = true;
        foreach (string name in options.Engine.Split(','))
        {
            var line = new List<(int Point, LoadReport Report)>();
            foreach (int point in sweep.Points)
            {
                await using LoadEngine engine = LoadEngine.Create(name);
                LoadReport report = await new LoadRun(sweep.At(options with { Engine = name }, point), engine).RunAsync();
                Console.WriteLine($"{name}, {point:N0} {sweep.Axis}: {report.TasksPerSecond:N0} tasks/s");
                isGood &= report is { Lost: 0, Duplicated: 0 };
                line.Add((point, report));
            }

            chart.Add(name, line);
        }

        if (options.Chart is { } file)
        {
            await File.WriteAllTextAsync(file, chart.ToSvg());
        }

        return isGood;
    }
}
