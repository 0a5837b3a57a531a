// A sender of one's own that keeps what it has sent: its class is in this project, and looks before it sends.
using System.Net.Mail;
using Microsoft.EntityFrameworkCore;

public sealed class SentMail
{
    public string Id { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

public sealed class SentMails : DbContext
{
    public DbSet<SentMail> Mails => Set<SentMail>();
}

public interface IOnceMailer
{
    Task SendAsync(string id, string address, string subject, CancellationToken stop);
}

public sealed class OnceMailer(SentMails sent, SmtpClient smtp) : IOnceMailer
{
    public async Task SendAsync(string id, string address, string subject, CancellationToken stop)
    {
        if (await sent.Mails.AnyAsync(mail => mail.Id == id, stop))
        {
            return;
        }

        using MailMessage message = new("shop@example.com", address, subject, "");
        await smtp.SendMailAsync(message, stop);
        sent.Mails.Add(new SentMail { Id = id, At = DateTimeOffset.UtcNow });
        await sent.SaveChangesAsync(stop);
    }
}

[TaskContract]
public interface IReceipts
{
    [Task, Idempotent]
    Task SendAsync(Guid order, string address, CancellationToken cancellationToken = default);
}

public sealed class ReceiptWorker(IOnceMailer mailer) : IReceipts
{
    public Task SendAsync(Guid order, string address, CancellationToken cancellationToken) =>
        mailer.SendAsync($"receipt:{order}", address, "Your receipt", cancellationToken);
}
