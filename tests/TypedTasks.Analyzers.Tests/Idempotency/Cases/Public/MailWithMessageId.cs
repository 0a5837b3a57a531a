// Mails that carry an id of the task's, by which the relay drops the second one.
using MailKit.Net.Smtp;
using MimeKit;

[TaskContract]
public interface IStatementMails
{
    [Task, Idempotent]
    Task SendAsync(string address, TaskContext context);

    [Task, Idempotent]
    Task SendFreshAsync(string address, CancellationToken cancellationToken = default);
}

public sealed class StatementMailWorker(ISmtpClient smtp) : IStatementMails
{
    public async Task SendAsync(string address, TaskContext context)
    {
        MimeMessage mail = new() { Subject = $"Statement for {address}" };
        mail.MessageId = $"{context.Id}@example.com";
        await smtp.SendAsync(mail, context.CancellationToken);
    }

    public async Task SendFreshAsync(string address, CancellationToken cancellationToken)
    {
        MimeMessage mail = new() { Subject = $"Statement for {address}", MessageId = $"{Guid.NewGuid()}@example.com" };
        await {|TT418:smtp.SendAsync(mail, cancellationToken)|};
    }
}
