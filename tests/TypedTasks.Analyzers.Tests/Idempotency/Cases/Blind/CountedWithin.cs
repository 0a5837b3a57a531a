// Counts that live as long as the run: locals, closures, an object that was made here, the handler's own field.
using System.Net.Http;

public sealed class Tally
{
    public int Seen { get; private set; }

    public void See() => Seen++;
}

[TaskContract]
public interface IRunCounts
{
    [Task, Idempotent]
    Task<int> CountAsync(string[] urls, CancellationToken cancellationToken = default);
}

public sealed class RunCountWorker(HttpClient http) : IRunCounts
{
    private readonly List<string> _failed = [];
    private int _asked;

    public async Task<int> CountAsync(string[] urls, CancellationToken cancellationToken)
    {
        int alive = 0;
        Tally tally = new();
        await Parallel.ForEachAsync(urls, cancellationToken, async (url, token) =>
        {
            using HttpResponseMessage response = await http.GetAsync(url, token);
            Interlocked.Increment(ref alive);
            Interlocked.Increment(ref _asked);
        });
        foreach (string url in urls)
        {
            tally.See();
            _failed.Add(url);
        }

        return alive + tally.Seen + _asked + _failed.Count;
    }
}
