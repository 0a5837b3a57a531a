using MailKit.Net.Smtp;
using MimeKit;

[TaskContract]
public interface INewsletters
{
    [Task, Idempotent]
    Task SendAsync(string[] recipients, string subject);
}

public sealed class NewsletterWorker : INewsletters
{
    public async Task SendAsync(string[] recipients, string subject)
    {
        using SmtpClient client = new();
        await client.ConnectAsync("localhost", 25);
        foreach (string recipient in recipients)
        {
            await SendOneAsync(recipient);
        }

        async Task SendOneAsync(string recipient)
        {
            MimeMessage message = new() { Subject = $"{subject} for {recipient}" };
            await {|TT414:client.SendAsync(message)|};
        }
    }
}
