// A mail to each recipient; addresses that the server refuses for good are logged and left out.
using System.Net.Mail;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IPushMails
{
    [Task, Idempotent]
    Task SendAsync(string[] recipients, string text, CancellationToken cancellationToken = default);
}

public sealed class PushMailWorker(SmtpClient smtp, ILogger<PushMailWorker> log) : IPushMails
{
    public async Task SendAsync(string[] recipients, string text, CancellationToken cancellationToken)
    {
        foreach (string recipient in recipients)
        {
            try
            {
                using MailMessage mail = new("git@example.com", recipient, "Push", text);
                await {|TT414:smtp.SendMailAsync(mail, cancellationToken)|};
            }
            catch (SmtpFailedRecipientException e)
            {
                log.LogInformation(e, "{Recipient} was refused", recipient);
            }
        }
    }
}
