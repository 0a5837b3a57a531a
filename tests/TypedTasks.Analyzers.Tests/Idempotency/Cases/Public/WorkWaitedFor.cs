// Many calls at once, a few at a time, and all of them are waited for.
using System.Net.Http;

[TaskContract]
public interface IMirrors
{
    [Task, Idempotent]
    ValueTask MirrorAsync(string[] paths, CancellationToken cancellationToken = default);
}

public sealed class MirrorWorker(HttpClient http) : IMirrors
{
    public async ValueTask MirrorAsync(string[] paths, CancellationToken cancellationToken)
    {
        using SemaphoreSlim few = new(4);
        Task[] all = [.. paths.Select(path => OneAsync(path, few, cancellationToken))];
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        await Task.WhenAll(all).WaitAsync(limit.Token);
        await Parallel.ForEachAsync(paths, limit.Token, async (path, stop) => await http.DeleteAsync($"/stale/{path}", stop));

        static string Escaped(string path) => Uri.EscapeDataString(path);

        async Task OneAsync(string path, SemaphoreSlim turn, CancellationToken stop)
        {
            await turn.WaitAsync(stop);
            try
            {
                using HttpResponseMessage answer = await http.PutAsync($"/mirror/{Escaped(path)}", null, stop);
                answer.EnsureSuccessStatusCode();
            }
            finally
            {
                turn.Release();
            }
        }
    }
}
