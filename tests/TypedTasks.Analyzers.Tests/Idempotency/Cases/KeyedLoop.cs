using System.Net.Mail;

[TaskContract]
public interface IMailings
{
    [Task, Idempotent(Key = nameof(mailing))]
    Task SendAsync(Guid mailing, string[] addresses);
}

public sealed class MailingWorker(SmtpClient smtp) : IMailings
{
    public async Task SendAsync(Guid mailing, string[] addresses)
    {
        foreach (string address in addresses)
        {
            await {|TT423:smtp.SendMailAsync("shop@example.com", address, "News", "…")|};
        }
    }
}
