using System.Data;
using System.Net.Mail;
using Dapper;

[TaskContract]
public interface IDigests
{
    [Task, Idempotent]
    Task SendAsync(Guid user, DateOnly day);
}

public sealed class DigestWorker(IDbConnection connection, SmtpClient smtp) : IDigests
{
    public async Task SendAsync(Guid user, DateOnly day)
    {
        DateTime? sentAt = await connection.QuerySingleOrDefaultAsync<DateTime?>("SELECT sent_at FROM digests WHERE user_id = @user AND day = @day", new { user, day });
        if (sentAt.HasValue)
        {
            return;
        }

        await smtp.SendMailAsync("digest@example.com", "reader@example.com", "Your digest", "…");
        await connection.ExecuteAsync("UPDATE digests SET sent_at = now() WHERE user_id = @user AND day = @day", new { user, day });
    }
}
