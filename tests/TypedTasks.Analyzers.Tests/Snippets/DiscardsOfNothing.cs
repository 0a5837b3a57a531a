// Discards that lose nothing: values, what was awaited, what ends at once.
using System.Collections.Concurrent;
using System.Net.Http;
using System.Threading.Channels;

namespace Search;

[TaskContract]
public interface ISearch
{
    [Task, Idempotent] Task IndexAsync(Guid document, CancellationToken cancellationToken = default);
}

public sealed class SearchWorker(HttpClient http) : ISearch
{
    public async Task IndexAsync(Guid document, CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = await http.PutAsync($"/index/{document}", null, linked.Token);
        ConcurrentDictionary<Guid, int> seen = new();
        _ = seen.TryAdd(document, 1);
        _ = seen.TryRemove(document, out _);
        Channel<int> channel = Channel.CreateUnbounded<int>();
        _ = channel.Writer.TryWrite(1);
        channel.Writer.Complete();
        await foreach (int one in channel.Reader.ReadAllAsync(linked.Token))
        {
            Console.WriteLine(one);
        }

        await linked.CancelAsync();
        await Task.Delay(1, linked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(1));
        _ = await timer.WaitForNextTickAsync(cancellationToken) ? 1 : 0;
    }
}
