using System.Net.Http;

public sealed class Batch(HttpClient http) : IAsyncDisposable
{
    private readonly List<string> _lines = [];

    public void Add(string line) => _lines.Add(line);

    public async ValueTask DisposeAsync() => await http.PostAsync("/batches", new StringContent(string.Join('\n', _lines)));
}

[TaskContract]
public interface IBatches
{
    [Task, Idempotent]
    Task SendAsync(string[] lines);
}

public sealed class BatchWorker(HttpClient http) : IBatches
{
    public async Task SendAsync(string[] lines)
    {
        await using {|TT410:Batch batch = new(http)|};
        foreach (string line in lines)
        {
            batch.Add(line);
        }
    }
}
