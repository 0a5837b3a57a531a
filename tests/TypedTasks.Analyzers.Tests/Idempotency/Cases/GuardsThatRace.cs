using System.Data;
using System.Net.Http;
using System.Net.Mail;
using Dapper;

public interface ICalls
{
    Task<bool> ExistsAsync(Guid notice);
    Task MarkAsync(Guid notice);
}

[TaskContract]
public interface INotices
{
    [Task, Idempotent]
    Task SendAsync(Guid notice);

    [Task, Idempotent]
    Task CallAsync(Guid notice, string url);

    [Task, Idempotent]
    Task ClaimAsync(Guid notice, string url);

    [Task, Idempotent(Key = nameof(notice))]
    Task KeyedAsync(Guid notice, string url);
}

public sealed class NoticeWorker(IDbConnection db, ICalls calls, SmtpClient smtp, HttpClient http) : INotices
{
    public async Task SendAsync(Guid notice)
    {
        DateTime? sentAt = await db.QuerySingleOrDefaultAsync<DateTime?>("SELECT sent_at FROM notices WHERE id = @notice", new { notice });
        if (sentAt is null)
        {
            await {|TT421:smtp.SendMailAsync("a@example.com", "b@example.com", "Notice", "…")|};
            await db.ExecuteAsync("UPDATE notices SET sent_at = now() WHERE id = @notice", new { notice });
        }
    }

    public async Task CallAsync(Guid notice, string url)
    {
        if (await calls.ExistsAsync(notice))
        {
            return;
        }

        await {|TT421:http.PostAsync(url, null)|};
        await calls.MarkAsync(notice);
    }

    public async Task ClaimAsync(Guid notice, string url)
    {
        int claimed = await db.ExecuteAsync("UPDATE notices SET state = 'called' WHERE id = @notice AND state = 'new'", new { notice });
        if (claimed == 0)
        {
            return;
        }

        await http.PostAsync(url, null);
    }

    public async Task KeyedAsync(Guid notice, string url)
    {
        DateTime? sentAt = await db.QuerySingleOrDefaultAsync<DateTime?>("SELECT sent_at FROM notices WHERE id = @notice", new { notice });
        if (sentAt is null)
        {
            await http.PostAsync(url, null);
        }
    }
}
