using TypedTasks;
using TypedTasks.Load;
using TypedTasks.Load.Engines;
using TypedTasks.Load.Processes;
using TypedTasks.Load.Sweeps;

try
{
    if (LoadOptions.Parse(args) is not { } options)
    {
        Console.WriteLine(LoadOptions.Usage);
        return 0;
    }

    if (options.Table is { } file)
    {
        Console.Write(LoadReport.Table(File.ReadLines(file)));
        return 0;
    }

    if (options.Peers is { } peers)
    {
        Console.Write(PeerTable.Of(File.ReadLines(peers)));
        return 0;
    }

    if (options.Sweep is not null)
    {
        return await Sweep.RunAsync(options) ? 0 : 1;
    }

    await using LoadEngine engine = LoadEngine.Create(options.Engine);
    if (options.Work is not null)
    {
        await WorkerProcesses.WorkAsync(options, engine);
        return 0;
    }

    LoadReport report = await new LoadRun(options, engine).RunAsync();
    Console.WriteLine(options.IsJson ? report.ToJson() : report);

    // What is lost or run twice is a mistake, whatever the speed.
    return report is { Lost: 0, Duplicated: 0 } ? 0 : 1;
}
catch (Exception mistake) when (mistake is BenchException or TaskException)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}
