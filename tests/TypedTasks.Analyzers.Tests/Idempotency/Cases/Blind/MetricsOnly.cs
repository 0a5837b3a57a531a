// It measures and logs, and keeps nothing.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IProbes
{
    [Task, Idempotent]
    Task ProbeAsync(Uri target, CancellationToken cancellationToken = default);
}

public sealed class ProbeWorker(HttpClient http, IMemoryCache cache, ILogger<ProbeWorker> logger) : IProbes
{
    private static readonly Meter Meter = new("probes");
    private static readonly ActivitySource Source = new("probes");
    private static readonly Counter<long> Probed = Meter.CreateCounter<long>("probed");
    private static readonly Histogram<double> Took = Meter.CreateHistogram<double>("took");

    public async Task ProbeAsync(Uri target, CancellationToken cancellationToken)
    {
        using Activity? activity = Source.StartActivity("probe");
        activity?.SetTag("run", Guid.NewGuid());
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await http.GetAsync(target, cancellationToken);
        double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Probed.Add(1, new KeyValuePair<string, object?>("status", (int)response.StatusCode));
        Took.Record(elapsed);
        cache.Set(target, elapsed, TimeSpan.FromMinutes(1));
        logger.LogInformation("{Target} answered {Status} at {Now}", target, response.StatusCode, DateTimeOffset.UtcNow);
    }
}
