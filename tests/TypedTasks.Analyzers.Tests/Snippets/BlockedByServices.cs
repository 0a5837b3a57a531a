// A service of one's own blocks: in a property, in a constructor, in a lambda that is run at once.
using System.Net.Http;

namespace Feeds
{
    public sealed class Tokens(HttpClient http)
    {
        public string Current => http.GetStringAsync("/token").GetAwaiter().GetResult();

        public string Cached() => new[] { "/a" }.Select(url => http.GetStringAsync(url).Result).First();

        public async Task<string> GetAsync() => await http.GetStringAsync("/token");
    }

    [TaskContract]
    public interface IFeeds
    {
        [Task, Idempotent] Task PropertyAsync(string name);

        [Task, Idempotent] Task LambdaAsync(string name);

        [Task, Idempotent] Task AwaitedAsync(string name);

        [Task(Execution = TaskExecution.Dedicated), Idempotent] Task DedicatedAsync(string name);
    }

    public sealed class FeedWorker(Tokens tokens) : IFeeds
    {
        public Task PropertyAsync(string name)
        {
            Console.WriteLine({|TT504:tokens.Current|});
            return Task.CompletedTask;
        }

        public Task LambdaAsync(string name)
        {
            Console.WriteLine({|TT504:tokens.Cached()|});
            return Task.CompletedTask;
        }

        public async Task AwaitedAsync(string name) => Console.WriteLine(await tokens.GetAsync());

        public Task DedicatedAsync(string name)
        {
            Console.WriteLine(tokens.Current);
            return Task.CompletedTask;
        }
    }
}
