// One of the processes rebuilds the sitemap: who has the lock; the others have nothing to do.
using System.Net.Http;
using StackExchange.Redis;

public sealed class Election(IDatabase redis)
{
    private readonly string _candidate = $"{Environment.MachineName}:{Environment.ProcessId}";

    public async Task<bool> WinAsync(string office) => await redis.LockTakeAsync(office, _candidate, TimeSpan.FromMinutes(1));

    public Task ResignAsync(string office) => redis.LockReleaseAsync(office, _candidate);
}

[TaskContract]
public interface ISitemaps
{
    [Task, Idempotent]
    Task RebuildAsync(string site, CancellationToken cancellationToken = default);
}

public sealed class SitemapWorker(Election election, HttpClient http) : ISitemaps
{
    public async Task RebuildAsync(string site, CancellationToken cancellationToken)
    {
        string office = $"sitemap:{site}";
        if (!await election.WinAsync(office))
        {
            return;
        }

        try
        {
            string pages = await http.GetStringAsync($"/{site}/pages", cancellationToken);
            using StringContent sitemap = new($"<urlset>{pages}</urlset>");
            (await http.PutAsync($"/{site}/sitemap.xml", sitemap, cancellationToken)).EnsureSuccessStatusCode();
        }
        finally
        {
            await election.ResignAsync(office);
        }
    }
}
