using TypedTasks.Chaos;
using TypedTasks.Chaos.Checking;
using TypedTasks.Chaos.Roles;

try
{
    if (ChaosOptions.Parse(args) is not { } options)
    {
        Console.WriteLine(ChaosOptions.Usage);
        return 0;
    }

    switch (options.Role)
    {
        case ChaosRole.Produce when options.Experiment.HasGraphs:
            await GraphProducer.RunAsync(options);
            return 0;
        case ChaosRole.Produce when options.Experiment.HasSchedules:
            await ScheduleProducer.RunAsync(options);
            return 0;
        case ChaosRole.Produce:
            await Producer.RunAsync(options);
            return 0;
        case ChaosRole.Work:
            await Worker.RunAsync(options);
            return 0;
        case ChaosRole.Check:
            return Show(ChaosRun.CheckAgain(options), options);
        default:
            return Show(await ChaosRun.RunAsync(options, Console.Error.WriteLine), options);
    }
}
catch (BenchException mistake)
{
    Console.Error.WriteLine(mistake.Message);
    return 2;
}

static int Show(ChaosReport report, ChaosOptions options)
{
    Console.WriteLine(options.IsJson ? report.ToJson() : options.IsRow ? report.ToRow() : report.ToString());
    return report.Verdict.IsValid ? 0 : 1;
}
