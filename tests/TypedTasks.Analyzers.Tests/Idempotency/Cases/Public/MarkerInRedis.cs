// The same with Redis, asked by what a value says of itself.
using StackExchange.Redis;

public interface ITrialMailer
{
    Task SendTrialEndsAsync(Guid tenant);
}

[TaskContract]
public interface ITrialNotices
{
    [Task, Idempotent]
    Task WarnAsync(Guid tenant);

    [Task, Idempotent]
    Task WarnAgainAsync(Guid tenant);
}

public sealed class TrialNoticeWorker(IDatabase redis, ITrialMailer mailer) : ITrialNotices
{
    public async Task WarnAsync(Guid tenant)
    {
        RedisValue warned = await redis.StringGetAsync($"trial:{tenant}:warned");
        if (warned.HasValue)
        {
            return;
        }

        await mailer.SendTrialEndsAsync(tenant);
        await redis.StringSetAsync($"trial:{tenant}:warned", "1", TimeSpan.FromDays(40));
    }

    public async Task WarnAgainAsync(Guid tenant)
    {
        RedisValue warned = await redis.StringGetAsync($"trial:{tenant}:warned-again");
        if (warned.IsNullOrEmpty)
        {
            await mailer.SendTrialEndsAsync(tenant);
            await redis.StringSetAsync($"trial:{tenant}:warned-again", "1", TimeSpan.FromDays(40));
        }
    }
}
