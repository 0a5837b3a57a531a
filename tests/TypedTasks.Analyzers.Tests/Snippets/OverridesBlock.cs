// What an override does wrong, is wrong in the handler that the worker runs.
using System.Net.Http;
using Microsoft.Extensions.Logging;

namespace Feeds;

[TaskContract]
public interface IFeeds
{
    [Task, Idempotent] Task PullAsync(Uri feed, CancellationToken cancellationToken);
}

public abstract class FeedWorker<T>(ILogger<T> logger) : IFeeds
    where T : FeedWorker<T>
{
    protected ILogger<T> Logger => logger;

    public abstract Task PullAsync(Uri feed, CancellationToken cancellationToken);
}

public sealed class SlowFeedWorker(HttpClient http, ILogger<SlowFeedWorker> logger) : FeedWorker<SlowFeedWorker>(logger)
{
    public override async Task PullAsync(Uri feed, CancellationToken {|TT503:cancellationToken|})
    {
        try
        {
            string text = await http.GetStringAsync(feed);
            {|TT505:Thread.Sleep(10)|};
            _ = {|TT502:http.GetStringAsync(text)|};
        }
        catch {|TT506:(Exception e)|}
        {
            Logger.LogError(e, "{Feed} was not pulled", feed);
        }
    }
}
