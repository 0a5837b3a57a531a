// Swallowed in a base class's method, in a local function, and by a catch that returns what says nothing.
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Feeds;

[TaskContract]
public interface IFeeds
{
    [Task, Idempotent] Task PullAsync(Uri feed, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task<int> CountAsync(Uri feed, CancellationToken cancellationToken = default);

    [Task, Idempotent] ValueTask TouchAsync(Uri feed, CancellationToken cancellationToken = default);
}

public sealed class FeedWorker(HttpClient http, ILogger<FeedWorker> logger) : IFeeds
{
    public async Task PullAsync(Uri feed, CancellationToken cancellationToken)
    {
        logger.LogInformation("Pulls {Feed}", feed);
        try
        {
            (await http.PutAsync($"/pulled?feed={feed}", null, cancellationToken)).EnsureSuccessStatusCode();
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            logger.LogWarning(e, "It is away; the next pull gets it");
        }
    }

    public async Task<int> CountAsync(Uri feed, CancellationToken cancellationToken)
    {
        try
        {
            return (await http.GetStringAsync(feed, cancellationToken)).Length;
        }
        catch (Exception e)
        {
            logger.LogError(e, "Not counted");
            return -1;
        }
    }

    public async ValueTask TouchAsync(Uri feed, CancellationToken cancellationToken)
    {
        try
        {
            await http.PutAsync($"/touched?feed={feed}", null, cancellationToken);
        }
        catch {|TT506:(Exception ex)|} when (ex is not OperationCanceledException)
        {
            logger.LogError("Not touched: {Message}", ex.Message);
        }
    }
}
