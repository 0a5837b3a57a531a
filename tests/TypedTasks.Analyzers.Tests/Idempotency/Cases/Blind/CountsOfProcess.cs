// Counts in a dictionary of the process, and a cache in another one.
using System.Collections.Concurrent;
using System.Net.Http;

[TaskContract]
public interface IProcessCounts
{
    [Task, Idempotent]
    Task CountAsync(string page);

    [Task, Idempotent]
    Task ReadAsync(string page);
}

public sealed class ProcessCountWorker(HttpClient http) : IProcessCounts
{
    private static readonly ConcurrentDictionary<string, int> Counts = new();
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Texts = new(StringComparer.Ordinal);

    public Task CountAsync(string page)
    {
        {|TT415:Counts.AddOrUpdate(page, 1, (_, count) => count + 1)|};
        return Task.CompletedTask;
    }

    public async Task ReadAsync(string page) => Console.WriteLine(await Texts.GetOrAdd(page, key => new Lazy<Task<string>>(() => http.GetStringAsync(key))).Value);
}
