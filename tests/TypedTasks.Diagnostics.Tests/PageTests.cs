using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using TypedTasks.Scheduling;
using TypedTasks.Worker;

namespace TypedTasks.Diagnostics.Tests;

public sealed partial class PageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "runtime", "TypedTasks", "Diagnostics", "TELEMETRY.md"));

    [Fact]
    public void Every_name_is_on_the_page()
    {
        string[] missing = [.. Names().Where(name => !Page.Contains($"`{name}`", StringComparison.Ordinal))];
        Assert.Empty(missing);
    }

    [Fact]
    public void Every_name_on_the_page_exists()
    {
        HashSet<string> names = [.. Names()];
        string[] unknown = [.. Dotted().Matches(Page).Select(match => match.Groups[1].Value).Where(name => !names.Contains(name)).Distinct()];
        Assert.Empty(unknown);
    }

    [Fact]
    public void Every_log_event_is_on_the_page_with_its_id_and_fields()
    {
        string[] rows =
        [
            .. new[] { typeof(WorkerLog), typeof(ScheduleLog) }.SelectMany(log => log.GetMethods(BindingFlags.Static | BindingFlags.NonPublic))
                .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
                .Where(log => log.Message is not null)
                .OrderBy(log => log.Message!.EventId)
                .Select(log => $"| `{log.Name}` | {log.Message!.EventId} | {string.Join(", ", Fields().Matches(log.Message.Message).Select(field => $"`{field.Groups[1].Value}`"))}"),
        ];
        string[] documented = [.. Page.Split('\n').Where(line => LogRow().IsMatch(line)).Select(line => line.TrimEnd(' ', '|'))];
        Assert.Equal(rows.Select(row => row.TrimEnd(' ', '|')), documented);
    }

    [Fact]
    public async Task Every_documented_metric_is_published_and_no_other()
    {
        using var metrics = new MetricRecorder();
        await using TestHost host = await TestHost.StartAsync();
        Assert.Equal(Constants(typeof(TelemetryNames.Metrics)).Order(StringComparer.Ordinal), metrics.Published.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names() => typeof(TelemetryNames).GetNestedTypes(BindingFlags.NonPublic).SelectMany(Constants);

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Static | BindingFlags.NonPublic).Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("`((?:messaging|typedtasks|error|exception)\\.[a-z_.]+)`")]
    private static partial Regex Dotted();

    [GeneratedRegex("\\{(\\w+)(?::\\w+)?\\}")]
    private static partial Regex Fields();

    [GeneratedRegex("^\\| `\\w+` \\| \\d+ \\|")]
    private static partial Regex LogRow();
}
