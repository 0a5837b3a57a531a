using System.Net.Mail;

[TaskContract]
public interface IReminders
{
    [Task, Idempotent]
    Task RemindAsync(string address, Guid invoice);
}

public sealed class ReminderWorker(SmtpClient smtp) : IReminders
{
    public async Task RemindAsync(string address, Guid invoice)
    {
        using MailMessage mail = new("billing@example.com", address, $"Invoice {invoice}", "Please pay.");
        await {|TT414:smtp.SendMailAsync(mail)|};
    }
}
