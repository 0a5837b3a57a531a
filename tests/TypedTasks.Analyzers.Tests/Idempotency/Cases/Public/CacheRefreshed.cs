// Caches are emptied and filled: by key, by any number of workers.
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Distributed;
using StackExchange.Redis;

public sealed class MenuItem
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class MenuContext : DbContext
{
    public DbSet<MenuItem> Items => Set<MenuItem>();
}

[TaskContract]
public interface IMenuCache
{
    [Task, Idempotent]
    Task RefreshAsync(string tenant, CancellationToken cancellationToken = default);
}

public sealed class MenuCacheWorker(MenuContext menu, IDistributedCache cache, IDatabase redis) : IMenuCache
{
    public async Task RefreshAsync(string tenant, CancellationToken cancellationToken)
    {
        StringBuilder text = new();
        foreach (MenuItem item in await menu.Items.ToListAsync(cancellationToken))
        {
            text.AppendLine(item.Name);
        }

        DistributedCacheEntryOptions options = new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromMinutes(Random.Shared.Next(10, 20)) };
        await cache.SetAsync($"menu:{tenant}", Encoding.UTF8.GetBytes(text.ToString()), options, cancellationToken);
        await cache.RemoveAsync($"menu:{tenant}:old", cancellationToken);
        await redis.StringSetAsync($"menu:{tenant}:at", DateTimeOffset.UtcNow.ToUnixTimeSeconds());
    }
}
