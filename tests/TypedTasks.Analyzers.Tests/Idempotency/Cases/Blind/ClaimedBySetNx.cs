// A claim in Redis under the task's own name, which nobody takes back.
using MailKit.Net.Smtp;
using MimeKit;
using StackExchange.Redis;

public static class Claims
{
    public static Task<bool> ClaimAsync(this IDatabase redis, string key) => redis.StringSetAsync(key, "1", TimeSpan.FromDays(7), When.NotExists);
}

[TaskContract]
public interface IGreetings
{
    [Task, Idempotent]
    Task GreetAsync(Guid user, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task GreetUnderLockAsync(Guid user, CancellationToken cancellationToken = default);
}

public sealed class GreetingWorker(IDatabase redis, ISmtpClient smtp) : IGreetings
{
    public async Task GreetAsync(Guid user, CancellationToken cancellationToken)
    {
        if (!await redis.ClaimAsync($"greeted:{user}"))
        {
            return;
        }

        await smtp.SendAsync(new MimeMessage(), cancellationToken);
    }

    public async Task GreetUnderLockAsync(Guid user, CancellationToken cancellationToken)
    {
        if (!await redis.LockTakeAsync($"lock:{user}", "me", TimeSpan.FromMinutes(1)))
        {
            throw TaskContext.Snooze(TimeSpan.FromSeconds(5));
        }

        try
        {
            await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
        }
        finally
        {
            await redis.LockReleaseAsync($"lock:{user}", "me");
        }
    }
}
