// Results of tasks that were waited for together, in lambdas, by WhenAny, in a loop.
using System.Net.Http;

namespace Feeds;

[TaskContract]
public interface IFeeds
{
    [Task, Idempotent] Task<int> SumAsync(string[] feeds, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task<int> FirstAsync(string[] feeds, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task<int> EachAsync(string[] feeds, CancellationToken cancellationToken = default);
}

public sealed class FeedWorker(HttpClient http) : IFeeds
{
    public async Task<int> SumAsync(string[] feeds, CancellationToken cancellationToken)
    {
        List<Task<string>> reads = feeds.Select(feed => http.GetStringAsync(feed, cancellationToken)).ToList();
        await Task.WhenAll(reads);
        return reads.Sum(read => read.Result.Length);
    }

    public async Task<int> FirstAsync(string[] feeds, CancellationToken cancellationToken)
    {
        Task<string>[] reads = [.. feeds.Select(feed => http.GetStringAsync(feed, cancellationToken))];
        Task<string> first = await Task.WhenAny(reads);
        return first.Result.Length;
    }

    public async Task<int> EachAsync(string[] feeds, CancellationToken cancellationToken)
    {
        Dictionary<string, Task<string>> reads = feeds.ToDictionary(feed => feed, feed => http.GetStringAsync(feed, cancellationToken));
        await Task.WhenAll(reads.Values);
        int sum = 0;
        foreach ((_, Task<string> read) in reads)
        {
            sum += read.Result.Length;
        }

        return sum;
    }
}
