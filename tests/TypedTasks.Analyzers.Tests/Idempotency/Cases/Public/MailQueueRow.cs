// A queue of mails in a table: each is sent, and marked as sent, one after the other.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

public sealed class QueuedMail
{
    public int Id { get; set; }
    public string Subject { get; set; } = "";
    public int SentTries { get; set; }
    public DateTime? SentOn { get; set; }
}

public sealed class MailQueueContext : DbContext
{
    public DbSet<QueuedMail> Mails => Set<QueuedMail>();
}

[TaskContract]
public interface IMailQueue
{
    [Task, Idempotent]
    Task FlushAsync(CancellationToken cancellationToken = default);
}

public sealed class MailQueueWorker(MailQueueContext queue, ISmtpClient smtp, ILogger<MailQueueWorker> log) : IMailQueue
{
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<QueuedMail> mails = await queue.Mails.Where(mail => mail.SentOn == null && mail.SentTries < 3).ToListAsync(cancellationToken);
        foreach (QueuedMail mail in mails)
        {
            try
            {
                await smtp.SendAsync(new MimeMessage { Subject = mail.Subject }, cancellationToken);
                mail.SentOn = DateTime.UtcNow;
            }
            catch (Exception e)
            {
                log.LogError(e, "Mail {Id} was not sent", mail.Id);
            }
            finally
            {
                mail.SentTries++;
                await queue.SaveChangesAsync(cancellationToken);
            }
        }
    }
}
