using System.Net.Mail;

[TaskContract]
public interface IReminders
{
    [Task, Idempotent]
    Task RemindAsync(string address, Guid invoice, TaskContext context = null!);
}

public sealed class ReminderWorker(SmtpClient smtp) : IReminders
{
    public async Task RemindAsync(string address, Guid invoice, TaskContext context)
    {
        MailMessage mail = new("billing@example.com", address, "Invoice", "Please pay.");
        await context.OnceAsync($"mail:{invoice}", cancellationToken => new ValueTask(smtp.SendMailAsync(mail, cancellationToken)));
    }
}
