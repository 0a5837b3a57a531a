// The window that a report covers comes of when the task was enqueued; the clock only says how long it took.
using System.Globalization;
using System.IO;
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

public sealed record UsageRow(string Customer, long Calls);

[TaskContract]
public interface IUsageReports
{
    [Task(TimeLimit = "10m"), Idempotent]
    Task WriteAsync(string folder, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class UsageReportWorker(HttpClient usage, TimeProvider clock, ILogger<UsageReportWorker> log) : IUsageReports
{
    public async Task WriteAsync(string folder, TaskContext context, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        DateTimeOffset end = new(context.EnqueuedAt.UtcDateTime.Date, TimeSpan.Zero);
        DateTimeOffset start = end.AddDays(-7);
        string week = $"{ISOWeek.GetYear(start.UtcDateTime)}-W{ISOWeek.GetWeekOfYear(start.UtcDateTime):D2}";
        UsageRow[] rows = await usage.GetFromJsonAsync<UsageRow[]>($"usage?from={start:O}&to={end:O}", cancellationToken) ?? [];
        IEnumerable<string> lines =
        [
            $"# written at {clock.GetUtcNow():O}, attempt {context.Attempt}",
            .. from row in rows
               group row by row.Customer into customer
               orderby customer.Key
               select string.Create(CultureInfo.InvariantCulture, $"{customer.Key};{customer.Sum(row => row.Calls)}"),
        ];
        string target = Path.Combine(folder, $"usage-{week}.csv");
        string draft = $"{target}.{context.Attempt}.tmp";
        await File.WriteAllLinesAsync(draft, lines, cancellationToken);
        File.Move(draft, target, overwrite: true);
        log.LogInformation("{Week} took {Elapsed}", week, clock.GetElapsedTime(started));
    }
}
