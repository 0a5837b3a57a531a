using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TypedTasks.Load;

/// <summary>What a run came to. The members that are not ignored are the object that <c>--json</c> prints.</summary>
internal sealed record LoadReport
{
    public string Engine { get; init; } = "";

    public string Mode { get; init; } = "";

    public int Tasks { get; init; }

    public double TasksPerSecond { get; init; }

    public double? RawTasksPerSecond { get; init; }

    public double? RatioToRaw { get; init; }

    public double BytesPerTask { get; init; }

    public double? P50Micros { get; init; }

    public double? P99Micros { get; init; }

    public double? P999Micros { get; init; }

    /// <summary>The wire's own, at the same rate.</summary>
    public double? RawP50Micros { get; init; }

    public double? RawP99Micros { get; init; }

    public double? RawP999Micros { get; init; }

    public double CpuSeconds { get; init; }

    public double PeakMiB { get; init; }

    public int Lost { get; init; }

    public int Duplicated { get; init; }

    [JsonIgnore]
    public double Seconds { get; init; }

    /// <summary>The server's share of <see cref="CpuSeconds"/>.</summary>
    [JsonIgnore]
    public double ServerSeconds { get; init; }

    [JsonIgnore]
    public int[] Collections { get; init; } = [];

    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.LoadReport);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        {Engine}, {Mode}: {Tasks:N0} tasks in {Seconds:0.00} s
          tasks/s        {TasksPerSecond:N0}{(RatioToRaw is { } ratio ? string.Create(CultureInfo.InvariantCulture, $" ({ratio:0.00} of the raw {RawTasksPerSecond:N0})") : "")}
          p50 p99 p999   {Micros(P50Micros)} {Micros(P99Micros)} {Micros(P999Micros)}{(RawP50Micros is null ? "" : $" (raw {Micros(RawP50Micros)} {Micros(RawP99Micros)} {Micros(RawP999Micros)})")}
          allocated      {BytesPerTask:0.0} B a task; collections {string.Join(", ", Collections.Select((count, generation) => $"gen{generation} {count}"))}
          processor      {CpuSeconds:0.00} s ({CpuSeconds / Seconds:0.00} cores), of which {ServerSeconds:0.00} s are the server's
          peak memory    {PeakMiB:N0} MiB
          lost, twice    {Lost}, {Duplicated}
        """);

    /// <summary>The table of runs, each a line of its name, a tab and its object.</summary>
    public static string Table(IEnumerable<string> lines)
    {
        var table = new StringBuilder();
        table.AppendLine("| run | tasks/s | to raw | p50 | p99 | p99.9 | allocated a task | processor | peak memory | lost | twice |");
        table.AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (string line in lines.Where(line => line.Length > 0))
        {
            string[] parts = line.Split('\t', 2);
            LoadReport report = JsonSerializer.Deserialize(parts[1], ReportJson.Default.LoadReport)!;
            table.AppendLine(CultureInfo.InvariantCulture,
                $"| {parts[0]} | {report.TasksPerSecond:N0} | {(report.RatioToRaw is { } ratio ? ratio.ToString("0.00", CultureInfo.InvariantCulture) : "–")} | {Beside(report.P50Micros, report.RawP50Micros)} | {Beside(report.P99Micros, report.RawP99Micros)} | {Beside(report.P999Micros, report.RawP999Micros)} | {report.BytesPerTask:0.0} B | {report.CpuSeconds:0.00} s | {report.PeakMiB:N0} MiB | {report.Lost} | {report.Duplicated} |");
        }

        return table.ToString();
    }

    private static string Beside(double? micros, double? raw) => raw is null ? Micros(micros) : $"{Micros(micros)} (raw {Micros(raw)})";

    private static string Micros(double? micros) => micros switch
    {
        null => "–",
        < 1_000 => string.Create(CultureInfo.InvariantCulture, $"{micros:0.0} µs"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{micros / 1e3:0.00} ms"),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
