// Measures what can be measured in one process and in isolation. What a whole engine does under load is TypedTasks.Load's business.
//
//   dotnet run -c Release --project bench/TypedTasks.Benchmarks -- --tables FILE    everything, a process a class, written as tables
//   dotnet run -c Release --project bench/TypedTasks.Benchmarks -- --analysis FILE  what the analyzers cost clean builds of projects of many handlers
//   dotnet run -c Release --project bench/TypedTasks.Benchmarks -- --filter *Codec* what BenchmarkDotNet is told, in this process
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using TypedTasks.Benchmarks;

Type[] classes =
[
    typeof(CodecBenchmarks),
    typeof(ClientBenchmarks),
    typeof(WorkerBenchmarks),
    typeof(RoundTripBenchmarks),
    typeof(PolicyBenchmarks),
    typeof(GeneratorBenchmarks),
    typeof(AnalyzerBenchmarks),
];

switch (args)
{
    case [ColdStart.Argument]:
        return ColdStart.Run();

    case [AnalysisCost.Argument, string file]:
        File.WriteAllText(file, AnalysisCost.Measure());
        return 0;

    case ["--tables", string file]:
        File.WriteAllText(file, "");
        foreach (Type one in classes)
        {
            Children.Run("--class", one.Name, file);
        }

        File.AppendAllText(file, ColdStart.Measure());
        return 0;

    case ["--class", string name, string file]:
        Summary summary = BenchmarkRunner.Run(classes.Single(one => one.Name == name), new BenchConfig());
        File.AppendAllText(file, Tables.Write(summary));
        return Succeeded(summary) ? 0 : 1;

    default:
        return BenchmarkSwitcher.FromTypes(classes).Run(args, new BenchConfig()).All(Succeeded) ? 0 : 1;
}

static bool Succeeded(Summary summary) => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success);
