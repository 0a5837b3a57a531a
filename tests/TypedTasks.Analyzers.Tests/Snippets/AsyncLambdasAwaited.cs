// Asynchronous lambdas where a task is expected.
using System.Net.Http;

namespace Warming;

[TaskContract]
public interface IWarming
{
    [Task, Idempotent] Task WarmAsync(string[] pages, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task<int> CheckAsync(string[] pages, CancellationToken cancellationToken = default);
}

public sealed class WarmingWorker(IHttpClientFactory clients) : IWarming
{
    private HttpClient Http => clients.CreateClient("pages");

    public Task WarmAsync(string[] pages, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (page, token) =>
        {
            using HttpResponseMessage response = await Http.GetAsync(page, token).ConfigureAwait(false);
            response.EnsureSuccessStatusCode();
        });

    public async Task<int> CheckAsync(string[] pages, CancellationToken cancellationToken)
    {
        bool[] alive = await Task.WhenAll(pages.Select(async page => await IsAliveAsync(page)));
        return alive.Count(one => one);

        async Task<bool> IsAliveAsync(string page) => (await Http.GetAsync(page, cancellationToken)).IsSuccessStatusCode;
    }
}
