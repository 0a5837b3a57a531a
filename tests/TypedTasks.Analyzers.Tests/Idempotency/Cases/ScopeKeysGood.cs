using System.Net.Mail;

public sealed record Recipient(Guid Id, string Address);

[TaskContract]
public interface IMailings
{
    [Task, Idempotent]
    Task SendAsync(Guid mailing, Recipient[] recipients, TaskContext context = null!);
}

public sealed class MailingWorker(SmtpClient smtp) : IMailings
{
    public async Task SendAsync(Guid mailing, Recipient[] recipients, TaskContext context)
    {
        foreach (Recipient recipient in recipients)
        {
            await context.OnceAsync($"mail:{recipient.Id}", token => SendAsync(recipient, token));
        }

        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await context.OnceAsync("summary", token => SendAsync(recipients[0], token));
                return;
            }
            catch (SmtpException) when (attempt < 3)
            {
                await Task.Delay(100);
            }
        }
    }

    private async ValueTask SendAsync(Recipient recipient, CancellationToken cancellationToken) =>
        await smtp.SendMailAsync("shop@example.com", recipient.Address, "News", "…", cancellationToken);
}
