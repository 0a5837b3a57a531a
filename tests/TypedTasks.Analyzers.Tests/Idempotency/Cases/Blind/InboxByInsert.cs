// The message's row is inserted first, and zero rows say that it was here before.
using System.Data;
using Dapper;
using SendGrid;
using SendGrid.Helpers.Mail;

[TaskContract]
public interface IReceiptMails
{
    [Task, Idempotent]
    Task SendAsync(Guid message, string address, CancellationToken cancellationToken = default);
}

public sealed class ReceiptWorker(IDbConnection connection, ISendGridClient mails) : IReceiptMails
{
    public async Task SendAsync(Guid message, string address, CancellationToken cancellationToken)
    {
        int inserted = await connection.ExecuteAsync("INSERT INTO inbox (message_id) VALUES (@message) ON CONFLICT DO NOTHING", new { message });
        if (inserted == 0)
        {
            return;
        }

        SendGridMessage mail = new() { Subject = "Your receipt" };
        mail.AddTo(address);
        await mails.SendEmailAsync(mail, cancellationToken);
    }
}
