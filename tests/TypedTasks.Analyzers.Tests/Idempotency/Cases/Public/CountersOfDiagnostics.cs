// What only operators look at may be counted as often as it happens.
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http;
using Microsoft.Extensions.Caching.Memory;

[TaskContract]
public interface IFeedFetches
{
    [Task, Idempotent]
    Task FetchAsync(Uri feed, CancellationToken cancellationToken = default);
}

public sealed class FeedFetchWorker(HttpClient http, IMemoryCache cache) : IFeedFetches
{
    private static readonly ActivitySource Source = new("Feeds");
    private static readonly Meter Meter = new("Feeds");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("duration");
    private static readonly Counter<long> Fetches = Meter.CreateCounter<long>("fetches");
    private static long _fetchMetric;

    public async Task FetchAsync(Uri feed, CancellationToken cancellationToken)
    {
        using Activity? activity = Source.StartActivity("fetch");
        activity?.SetTag("feed", feed);
        long start = Stopwatch.GetTimestamp();
        string? text = await cache.GetOrCreateAsync(feed, async _ => await http.GetStringAsync(feed, cancellationToken));
        Duration.Record(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        Fetches.Add(1, new KeyValuePair<string, object?>("length", text?.Length));
        _fetchMetric++;
        await http.PutAsync($"/feeds/{Uri.EscapeDataString(feed.ToString())}", new StringContent(text ?? ""), cancellationToken);
    }
}
