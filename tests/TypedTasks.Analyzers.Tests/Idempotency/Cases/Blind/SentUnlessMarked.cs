// What was sent is written down beside it; in one method by an early exit, in the other by a branch.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

public sealed class SentNotice
{
    public long Id { get; set; }
    public Guid User { get; set; }
    public string Kind { get; set; } = "";
}

public sealed class SentNoticeContext : DbContext
{
    public DbSet<SentNotice> Sent => Set<SentNotice>();
}

[TaskContract]
public interface ISentNotices
{
    [Task, Idempotent]
    Task EarlyAsync(Guid user, string kind, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BranchAsync(Guid user, string kind, CancellationToken cancellationToken = default);
}

public sealed class SentNoticeWorker(SentNoticeContext database, ISmtpClient smtp, ILogger<SentNoticeWorker> logger) : ISentNotices
{
    public async Task EarlyAsync(Guid user, string kind, CancellationToken cancellationToken)
    {
        var already = await database.Sent.AnyAsync(one => one.User == user && one.Kind == kind, cancellationToken);
        if (already)
        {
            logger.LogInformation("{User} has {Kind} already", user, kind);
            return;
        }

        await SendAndMarkAsync(user, kind, cancellationToken);
    }

    public async Task BranchAsync(Guid user, string kind, CancellationToken cancellationToken)
    {
        if (await database.Sent.CountAsync(one => one.User == user && one.Kind == kind, cancellationToken) == 0)
        {
            await SendAndMarkAsync(user, kind, cancellationToken);
        }
    }

    private async Task SendAndMarkAsync(Guid user, string kind, CancellationToken cancellationToken)
    {
        await smtp.SendAsync(new MimeMessage(), cancellationToken);
        database.Sent.Add(new SentNotice { User = user, Kind = kind });
        await database.SaveChangesAsync(cancellationToken);
    }
}
