// Whether something was done is told by a switch: by its patterns, by conditions of its arms, and by what is left for the default.
using MailKit.Net.Smtp;
using Microsoft.EntityFrameworkCore;
using MimeKit;

public sealed class Notice
{
    public Guid Id { get; set; }
    public string Address { get; set; } = "";
    public bool IsSent { get; set; }
    public DateTimeOffset? SentAt { get; set; }
}

public sealed class NoticeContext : DbContext
{
    public DbSet<Notice> Notices => Set<Notice>();
}

[TaskContract]
public interface INotices
{
    [Task, Idempotent]
    Task ByDefaultAsync(Guid notice, TaskContext context);

    [Task, Idempotent]
    Task ByConditionAsync(Guid notice, TaskContext context);

    [Task, Idempotent]
    Task ByExpressionAsync(Guid notice, TaskContext context);

    [Task, Idempotent]
    Task ByFlagAsync(Guid notice);
}

public sealed class NoticeWorker(NoticeContext database, ISmtpClient smtp) : INotices
{
    public async Task ByDefaultAsync(Guid notice, TaskContext context)
    {
        Notice? found = await database.Notices.SingleOrDefaultAsync(one => one.Id == notice);
        switch (found)
        {
            default:
                await smtp.SendAsync(new MimeMessage { Subject = found.Address });
                found.SentAt = context.EnqueuedAt;
                break;
            case null or { SentAt: not null }:
                break;
        }

        await database.SaveChangesAsync();
    }

    public async Task ByConditionAsync(Guid notice, TaskContext context)
    {
        Notice? found = await database.Notices.SingleOrDefaultAsync(one => one.Id == notice);
        switch (found)
        {
            case { } open when open.SentAt is null:
                await smtp.SendAsync(new MimeMessage { Subject = open.Address });
                open.SentAt = context.EnqueuedAt;
                await database.SaveChangesAsync();
                break;
        }
    }

    public async Task ByExpressionAsync(Guid notice, TaskContext context)
    {
        Notice? found = await database.Notices.SingleOrDefaultAsync(one => one.Id == notice);
        await (found switch
        {
            null or { SentAt: not null } => Task.CompletedTask,
            _ => smtp.SendAsync(new MimeMessage { Subject = found.Address }),
        });
        if (found is not null)
        {
            found.SentAt = context.EnqueuedAt;
            await database.SaveChangesAsync();
        }
    }

    public async Task ByFlagAsync(Guid notice)
    {
        Notice found = await database.Notices.SingleAsync(one => one.Id == notice);
        if (found is { IsSent: true })
        {
            return;
        }

        await smtp.SendAsync(new MimeMessage { Subject = found.Address });
        found.IsSent = true;
        await database.SaveChangesAsync();
    }
}
