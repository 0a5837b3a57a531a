// Everything is put under a name that the arguments give: in a bucket, a cache, a set, a table.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

public sealed record Tile(int X, int Y, int Zoom);

[TaskContract]
public interface ITiles
{
    [Task, Idempotent]
    Task DrawAsync(Tile tile, CancellationToken cancellationToken = default);
}

public sealed class TileWorker(HttpClient http, IDatabase redis, IDistributedCache cache) : ITiles
{
    public async Task DrawAsync(Tile tile, CancellationToken cancellationToken)
    {
        (int x, int y, int zoom) = tile;
        string name = $"{zoom}/{x}/{y}";
        await http.PutAsJsonAsync($"/tiles/{name}", tile, cancellationToken);
        await redis.HashSetAsync("tiles", name, "drawn");
        await redis.SetAddAsync($"tiles:{zoom}", name);
        await redis.StringSetAsync($"tile:{name}", "drawn", TimeSpan.FromDays(1));
        await cache.RemoveAsync($"tile:{name}", cancellationToken);
    }
}
