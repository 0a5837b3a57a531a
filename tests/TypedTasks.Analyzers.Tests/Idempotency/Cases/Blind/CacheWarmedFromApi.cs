// A cache is filled of an API: read, serialized, set under its key for an hour.
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

public sealed record ProductPage(string Sku, string Title, decimal Price);

[TaskContract]
public interface ICatalogueWarming
{
    [Task, Idempotent]
    Task WarmAsync(string[] skus, CancellationToken cancellationToken = default);
}

public sealed class CatalogueWarmingWorker(HttpClient http, IDistributedCache cache, IDatabase redis, ILogger<CatalogueWarmingWorker> logger) : ICatalogueWarming
{
    private static readonly DistributedCacheEntryOptions Options = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromHours(1) };

    public async Task WarmAsync(string[] skus, CancellationToken cancellationToken)
    {
        int warmed = 0;
        await Parallel.ForEachAsync(skus, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (sku, token) =>
        {
            ProductPage? page = await http.GetFromJsonAsync<ProductPage>($"products/{sku}", token);
            if (page is null)
            {
                await cache.RemoveAsync($"product:{sku}", token);
                return;
            }

            await cache.SetAsync($"product:{sku}", JsonSerializer.SerializeToUtf8Bytes(page), Options, token);
            await redis.SetAddAsync("warm", sku);
            Interlocked.Increment(ref warmed);
        });
        logger.LogInformation("{Warmed} of {All} pages are warm", warmed, skus.Length);
    }
}
