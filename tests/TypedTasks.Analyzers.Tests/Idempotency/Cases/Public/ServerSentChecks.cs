// A monitor: asks, compares, and writes what it found under the check's number.
using System.Diagnostics;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum CheckState
{
    Unknown,
    Up,
    Down,
}

public sealed class Monitored
{
    public int Id { get; set; }
    public string Url { get; set; } = "";
    public CheckState State { get; set; }
    public double Milliseconds { get; set; }
    public int Failures { get; set; }
}

public sealed class MonitorContext : DbContext
{
    public DbSet<Monitored> Checks => Set<Monitored>();
}

[TaskContract]
public interface IMonitoring
{
    [Task, Idempotent]
    Task CheckAsync(int check, CancellationToken cancellationToken = default);
}

public sealed class MonitoringWorker(MonitorContext context, HttpClient http) : IMonitoring
{
    public async Task CheckAsync(int check, CancellationToken cancellationToken)
    {
        Monitored found = await context.Checks.SingleAsync(one => one.Id == check, cancellationToken);
        long start = Stopwatch.GetTimestamp();
        CheckState state;
        try
        {
            using HttpResponseMessage response = await http.GetAsync(found.Url, cancellationToken);
            state = response.IsSuccessStatusCode ? CheckState.Up : CheckState.Down;
        }
        catch (HttpRequestException)
        {
            state = CheckState.Down;
        }

        found.Milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        found.State = state;
        found.Failures = state == CheckState.Down ? Math.Max(found.Failures, 1) : 0;
        await context.SaveChangesAsync(cancellationToken);
    }
}
