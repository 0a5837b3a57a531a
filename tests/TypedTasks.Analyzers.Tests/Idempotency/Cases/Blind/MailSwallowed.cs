// A failure to send is written to the log, and that is all that becomes of it.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using MimeKit;

public sealed class QueuedMail
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class QueuedMailContext : DbContext
{
    public DbSet<QueuedMail> Mails => Set<QueuedMail>();
}

[TaskContract]
public interface ISwallowedMails
{
    [Task, Idempotent]
    Task SendAsync(int mail);
}

public sealed class QueuedMailWorker(QueuedMailContext database, ISmtpClient smtp, ILogger<QueuedMailWorker> logger) : ISwallowedMails
{
    public async Task SendAsync(int mail)
    {
        QueuedMail? row = await database.Mails.FindAsync(mail);
        if (row is null)
        {
            return;
        }

        try
        {
            await {|TT414:smtp.SendAsync(new MimeMessage())|};
        }
        catch {|TT506:(Exception e)|}
        {
            logger.LogError(e, "Mail {Mail} was not sent", mail);
        }
    }
}
