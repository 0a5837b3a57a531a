// A list of pending ids in Redis is worked off; the numbers behind it are set, never added to.
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

public sealed class LikeTotal
{
    public int Id { get; set; }
    public long Likes { get; set; }
}

public sealed class LikeContext : DbContext
{
    public DbSet<LikeTotal> Totals => Set<LikeTotal>();
}

[TaskContract]
public interface ILikeTotals
{
    [Task, Idempotent]
    Task FlushAsync(int[] posts, CancellationToken cancellationToken = default);
}

public sealed class LikeTotalWorker(LikeContext context, IDatabase redis) : ILikeTotals
{
    public async Task FlushAsync(int[] posts, CancellationToken cancellationToken)
    {
        foreach (int post in posts)
        {
            string? text = await redis.StringGetAsync($"likes:{post}");
            if (!long.TryParse(text, out long likes))
            {
                continue;
            }

            LikeTotal? total = await context.Totals.FindAsync([post], cancellationToken);
            if (total is not null && total.Likes != likes)
            {
                total.Likes = likes;
                await context.SaveChangesAsync(cancellationToken);
            }
        }
    }
}
