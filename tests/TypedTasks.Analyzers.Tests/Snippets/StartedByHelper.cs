// Helpers that start something and return: void, in a static class, by the thread pool.
using System.Net.Http;

namespace Feeds
{
    [TaskContract]
    public interface IFeeds
    {
        [Task, Idempotent] Task PullAsync(Uri feed, CancellationToken cancellationToken);

        [Task, Idempotent] Task TouchAsync(Uri feed, CancellationToken cancellationToken);
    }

    public sealed class FeedWorker(HttpClient http) : IFeeds
    {
        public async Task PullAsync(Uri feed, CancellationToken cancellationToken)
        {
            string text = await http.GetStringAsync(feed, cancellationToken);
            {|TT502:Later.Start(() => http.GetStringAsync(text))|};
        }

        public async Task TouchAsync(Uri feed, CancellationToken cancellationToken)
        {
            await http.GetStringAsync(feed, cancellationToken);
            Task pending = Later.Begin(http, feed);
            await pending;
        }
    }

    internal static class Later
    {
        internal static void Start(Func<Task> work)
        {
            Task.Run(work);
        }

        internal static Task Begin(HttpClient http, Uri feed) => Task.Run(() => http.GetStringAsync(feed));
    }
}
