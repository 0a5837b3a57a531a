// The calls are gathered in a list, and the list is left where it is.
using System.Net.Http;

[TaskContract]
public interface IEdgePurges
{
    [Task, Idempotent]
    Task PurgeAsync(string[] edges, string path);

    [Task, Idempotent]
    Task PurgeAllAsync(string[] edges, string path);
}

public sealed class EdgePurgeWorker(HttpClient http) : IEdgePurges
{
    public Task PurgeAsync(string[] edges, string path)
    {
        List<Task> purges = [];
        foreach (string edge in edges)
        {
            purges.Add({|TT502:http.DeleteAsync($"https://{edge}/{path}")|});
        }

        return Task.CompletedTask;
    }

    public async Task PurgeAllAsync(string[] edges, string path)
    {
        List<Task> purges = [];
        foreach (string edge in edges)
        {
            purges.Add(http.DeleteAsync($"https://{edge}/{path}"));
        }

        while (purges.Count > 0)
        {
            Task done = await Task.WhenAny(purges);
            purges.Remove(done);
            await done;
        }
    }
}
