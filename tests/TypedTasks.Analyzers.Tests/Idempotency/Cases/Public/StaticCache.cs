// Clients are kept by their key, and lists of a task's own are nobody else's.
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading.Channels;

[TaskContract]
public interface IClientPools
{
    [Task, Idempotent]
    Task<int> PingAsync(string[] hosts, CancellationToken cancellationToken = default);
}

public sealed class ClientPoolWorker : IClientPools
{
    private static readonly ConcurrentDictionary<string, HttpClient> Clients = new();

    public async Task<int> PingAsync(string[] hosts, CancellationToken cancellationToken)
    {
        Channel<string> answers = Channel.CreateUnbounded<string>();
        List<string> failed = [];
        await Parallel.ForEachAsync(hosts, cancellationToken, async (host, stop) =>
        {
            HttpClient client = Clients.GetOrAdd(host, key => new HttpClient { BaseAddress = new Uri(key) });
            await answers.Writer.WriteAsync(await client.GetStringAsync("/ping", stop), stop);
        });
        answers.Writer.Complete();
        int count = 0;
        await foreach (string answer in answers.Reader.ReadAllAsync(cancellationToken))
        {
            count += answer.Length;
            if (answer.Length == 0)
            {
                failed.Add(answer);
            }
        }

        return count - failed.Count;
    }
}
