// A marker in a distributed cache says that this month's notice went out.
using Microsoft.Extensions.Caching.Distributed;

public interface IOverageMailer
{
    Task SendOverageNoticeAsync(string organization);
}

[TaskContract]
public interface IOverageNotices
{
    [Task, Idempotent]
    Task NotifyAsync(string organization, int month, CancellationToken cancellationToken = default);
}

public sealed class OverageNoticeWorker(IDistributedCache cache, IOverageMailer mailer) : IOverageNotices
{
    public async Task NotifyAsync(string organization, int month, CancellationToken cancellationToken)
    {
        string key = $"overage:{organization}:{month}:sent";
        string? sent = await cache.GetStringAsync(key, cancellationToken);
        if (!string.IsNullOrEmpty(sent))
        {
            return;
        }

        await mailer.SendOverageNoticeAsync(organization);
        await cache.SetStringAsync(key, "1", cancellationToken);
    }
}
