using System.Net.Mail;

public sealed class Mailer(SmtpClient smtp)
{
    public ValueTask SendOnceAsync(TaskContext context, string key, string address) =>
        context.OnceAsync($"mail:{key}", cancellationToken => new ValueTask(smtp.SendMailAsync("a@example.com", address, "Hello", "…", cancellationToken)));
}

[TaskContract]
public interface IWelcome
{
    [Task, Idempotent]
    Task WelcomeAsync(string address, TaskContext context = null!);
}

public sealed class WelcomeWorker(Mailer mailer) : IWelcome
{
    public async Task WelcomeAsync(string address, TaskContext context)
    {
        await mailer.SendOnceAsync(context, "welcome", address);
        await mailer.SendOnceAsync(context, "guide", address);
    }
}
