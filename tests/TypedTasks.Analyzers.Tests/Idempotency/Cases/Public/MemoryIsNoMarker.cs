// What a process remembers is gone with the process, and the other workers never knew it.
using Microsoft.Extensions.Caching.Memory;

public interface IAlertMailer
{
    Task SendAlertAsync(Guid alert, CancellationToken cancellationToken);
}

[TaskContract]
public interface IAlertMails
{
    [Task, Idempotent]
    Task SendAsync(Guid alert, CancellationToken cancellationToken = default);
}

public sealed class AlertMailWorker(IMemoryCache cache, IAlertMailer mailer) : IAlertMails
{
    public async Task SendAsync(Guid alert, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(alert, out _))
        {
            return;
        }

        await {|TT414:mailer.SendAlertAsync(alert, cancellationToken)|};
        cache.Set(alert, true, TimeSpan.FromHours(1));
    }
}
