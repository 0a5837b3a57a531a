// Rows are taken by the statement that marks them, so that nobody else takes them, and then mailed.
using System.Data;
using Dapper;
using MailKit.Net.Smtp;
using MimeKit;

public sealed record PendingMail(long Id, string Receiver);

[TaskContract]
public interface IPendingMails
{
    [Task, Idempotent]
    Task SendAsync(int most, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendSeenAsync(int most, CancellationToken cancellationToken = default);
}

public sealed class PendingMailWorker(IDbConnection connection, ISmtpClient smtp) : IPendingMails
{
    public async Task SendAsync(int most, CancellationToken cancellationToken)
    {
        IEnumerable<PendingMail> taken = await connection.QueryAsync<PendingMail>(
            """
            WITH next AS (SELECT id FROM pending_mails WHERE taken_at IS NULL ORDER BY id LIMIT @most FOR UPDATE SKIP LOCKED)
            UPDATE pending_mails SET taken_at = now() FROM next WHERE pending_mails.id = next.id
            RETURNING pending_mails.id, receiver
            """,
            new { most });
        foreach (PendingMail mail in taken)
        {
            await smtp.SendAsync(new MimeMessage(), cancellationToken);
        }
    }

    public async Task SendSeenAsync(int most, CancellationToken cancellationToken)
    {
        foreach (PendingMail mail in await connection.QueryAsync<PendingMail>("SELECT id, receiver FROM pending_mails LIMIT @most", new { most }))
        {
            await {|TT414:smtp.SendAsync(new MimeMessage(), cancellationToken)|};
        }
    }
}
