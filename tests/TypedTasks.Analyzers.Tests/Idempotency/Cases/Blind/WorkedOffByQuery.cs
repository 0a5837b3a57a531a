// Rows that wait are taken one by one, each marked and saved on its way; and all of them at once, without a mark.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class WaitingMail
{
    public int Id { get; set; }
    public bool IsSent { get; set; }
    public DateTimeOffset? SentAt { get; set; }
}

public sealed class WaitingMailContext : DbContext
{
    public DbSet<WaitingMail> Mails => Set<WaitingMail>();
}

[TaskContract]
public interface IWaitingMails
{
    [Task, Idempotent]
    Task SendAsync(int most, TaskContext context = null!);

    [Task, Idempotent]
    Task SendAgainAsync(int most, TaskContext context = null!);
}

public sealed class WaitingMailWorker(WaitingMailContext database, ISmtpClient smtp) : IWaitingMails
{
    public async Task SendAsync(int most, TaskContext context)
    {
        await foreach (WaitingMail mail in database.Mails.Where(one => !one.IsSent).OrderBy(one => one.Id).Take(most).AsAsyncEnumerable())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            await smtp.SendAsync(new MimeMessage(), context.CancellationToken);
            (mail.IsSent, mail.SentAt) = (true, context.EnqueuedAt);
            await database.SaveChangesAsync(context.CancellationToken);
        }
    }

    public async Task SendAgainAsync(int most, TaskContext context)
    {
        foreach (WaitingMail mail in await database.Mails.Where(one => one.Id < most).ToListAsync(context.CancellationToken))
        {
            await {|TT414:smtp.SendAsync(new MimeMessage(), context.CancellationToken)|};
        }
    }
}
