// Whether it was done before, only a cache knows, which may forget; the mail goes out before it is told.
using MailKit.Net.Smtp;
using Microsoft.Extensions.Caching.Memory;
using MimeKit;

[TaskContract]
public interface ICachedMails
{
    [Task, Idempotent]
    Task SendAsync(Guid mail, CancellationToken cancellationToken = default);
}

public sealed class CachedMailWorker(IMemoryCache cache, ISmtpClient smtp) : ICachedMails
{
    public async Task SendAsync(Guid mail, CancellationToken cancellationToken)
    {
        if (cache.TryGetValue(mail, out _))
        {
            return;
        }

        await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
        cache.Set(mail, true, TimeSpan.FromHours(1));
    }
}
