using System.Globalization;
using System.Text;
using BenchmarkDotNet.Mathematics;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace TypedTasks.Benchmarks;

/// <summary>Writes a summary as a table of the bench's page: a table a class, a row a benchmark, a ratio where there is a baseline.</summary>
internal static class Tables
{
    public static string Write(Summary summary)
    {
        var page = new StringBuilder();
        WriteTable(page, TitleOf(summary.BenchmarksCases[0].Descriptor.Type), [.. summary.Reports]);
        return page.ToString();
    }

    private static void WriteTable(StringBuilder page, string title, BenchmarkReport[] reports)
    {
        bool hasBaseline = reports.Any(report => report.BenchmarkCase.Descriptor.Baseline);
        page.AppendLine(CultureInfo.InvariantCulture, $"| {title} | time | ± | {(hasBaseline ? "to baseline | " : "")}allocated |");
        page.AppendLine(hasBaseline ? "| --- | ---: | ---: | ---: | ---: |" : "| --- | ---: | ---: | ---: |");
        foreach (BenchmarkReport report in reports)
        {
            BenchmarkCase one = report.BenchmarkCase;
            string[] categories = one.Descriptor.Categories;
            string name = one.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
            string ratio = hasBaseline ? $"{RatioOf(report, reports)} | " : "";
            Statistics? statistics = report.ResultStatistics;
            page.AppendLine(CultureInfo.InvariantCulture,
                $"| {(categories.Length > 0 ? $"{categories[0]}: " : "")}{name} | {Time(statistics?.Mean)} | {Time(statistics?.StandardDeviation)} | {ratio}{Bytes(report)} |");
        }

        page.AppendLine();
    }

    private static string RatioOf(BenchmarkReport report, BenchmarkReport[] reports)
    {
        BenchmarkReport? baseline = reports.FirstOrDefault(other =>
            other.BenchmarkCase.Descriptor.Baseline && other.BenchmarkCase.Descriptor.Categories.SequenceEqual(report.BenchmarkCase.Descriptor.Categories));
        return baseline?.ResultStatistics is { } against && report.ResultStatistics is { } own
            ? (own.Mean / against.Mean).ToString("0.00", CultureInfo.InvariantCulture)
            : "";
    }

    private static string Bytes(BenchmarkReport report) =>
        report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) is { } bytes
            ? bytes < 100 * 1024 ? string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} B") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB")
            : "";

    private static string Time(double? nanoseconds) => nanoseconds switch
    {
        null => "failed",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns"),
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.00} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.0} ms"),
    };

    private static string TitleOf(Type type) => type.Name switch
    {
        nameof(CodecBenchmarks) => "Codec",
        nameof(ClientBenchmarks) => "Client call to envelope",
        nameof(WorkerBenchmarks) => "Envelope to handler to settlement",
        nameof(RoundTripBenchmarks) => "Embedded engine, one caller",
        nameof(PolicyBenchmarks) => "Outcome of an attempt",
        nameof(GeneratorBenchmarks) => "Generator, 200 contracts of 5 tasks, warm",
        nameof(AnalyzerBenchmarks) => "Analyzers, 100 handlers with helpers five deep, warm",
        var name => name,
    };
}
