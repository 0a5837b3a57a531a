using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IPages
{
    [Task, Idempotent]
    Task FetchAsync(string url);
}

public sealed class PageWorker(HttpClient http, ILogger<PageWorker> log) : IPages
{
    private static readonly Meter Meter = new("Shop.Pages");
    private static readonly Counter<long> Fetched = Meter.CreateCounter<long>("fetched");
    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> Cache = new();
    private static long requestCounter;

    public async Task FetchAsync(string url)
    {
        Stopwatch watch = Stopwatch.StartNew();
        string page = await http.GetStringAsync(url);
        Cache[url] = page;
        Cache.TryAdd(url, page);
        Fetched.Add(1);
        Interlocked.Increment(ref requestCounter);
        Console.WriteLine($"{url} took {watch.ElapsedMilliseconds}");
        log.LogInformation("Fetched {Url} at {Now}", url, DateTime.UtcNow);
    }
}
