// Started in loops and branches, in a switch expression, by a property, and in a constructor's helper.
using System.Net.Http;

namespace Feeds;

[TaskContract]
public interface IFeeds
{
    [Task, Idempotent] Task EachAsync(string[] feeds, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task ChooseAsync(string feed, bool deep, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task ListAsync(string[] feeds, CancellationToken cancellationToken = default);
}

public sealed class FeedWorker(HttpClient http) : IFeeds
{
    public async Task EachAsync(string[] feeds, CancellationToken cancellationToken)
    {
        await Task.Yield();
        foreach (string feed in feeds)
        {
            {|TT502:PullAsync(feed, cancellationToken)|};
        }
    }

    public async Task ChooseAsync(string feed, bool deep, CancellationToken cancellationToken)
    {
        await http.GetAsync(feed, cancellationToken);
        Task chosen = deep ? PullAsync(feed, cancellationToken) : Task.CompletedTask;
        if (!chosen.IsCompleted)
        {
            await chosen;
        }
    }

    public async Task ListAsync(string[] feeds, CancellationToken cancellationToken)
    {
        var running = new List<Task>(feeds.Length);
        running.AddRange(feeds.Select(feed => PullAsync(feed, cancellationToken)));
        while (running.Count > 0)
        {
            Task done = await Task.WhenAny(running);
            running.Remove(done);
            await done;
        }
    }

    private async Task PullAsync(string feed, CancellationToken cancellationToken) => await http.GetStringAsync(feed, cancellationToken);
}
