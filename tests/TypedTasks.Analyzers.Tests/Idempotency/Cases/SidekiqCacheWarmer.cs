using System.Collections.Concurrent;
using System.Net.Http;

// Fetch, compute, put in a cache.
[TaskContract]
public interface IRates
{
    [Task, Idempotent]
    Task WarmAsync(string currency);
}

public sealed class RateWorker(HttpClient http, ConcurrentDictionary<string, string> cache) : IRates
{
    public async Task WarmAsync(string currency)
    {
        string rate = await http.GetStringAsync($"/rates/{currency}");
        cache[currency] = rate;
    }
}
