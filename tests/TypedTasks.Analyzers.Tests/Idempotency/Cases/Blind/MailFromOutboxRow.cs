// A row of the outbox is claimed by an update with its state; only who claimed it sends.
using System.Data;
using Dapper;
using MailKit.Net.Smtp;
using MimeKit;

public sealed record OutboxMail(long Id, string Receiver, string Text);

[TaskContract]
public interface IOutboxMails
{
    [Task, Idempotent]
    Task SendAsync(long mail, CancellationToken cancellationToken = default);
}

public sealed class OutboxMailWorker(IDbConnection connection, ISmtpClient smtp) : IOutboxMails
{
    public async Task SendAsync(long mail, CancellationToken cancellationToken)
    {
        OutboxMail? claimed = await connection.QuerySingleOrDefaultAsync<OutboxMail>(
            """
            UPDATE outbox_mails SET state = 'sending', attempts = attempts + 1
            WHERE id = @mail AND state = 'new'
            RETURNING id, receiver, text
            """,
            new { mail });
        if (claimed is null)
        {
            return;
        }

        await smtp.SendAsync(new MimeMessage(), cancellationToken);
        await connection.ExecuteAsync("UPDATE outbox_mails SET state = 'sent' WHERE id = @Id", new { claimed.Id });
    }
}
