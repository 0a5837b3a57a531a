// A notification for each user, under ids made on the spot: a second run notifies all of them again.
using Microsoft.EntityFrameworkCore;

public sealed class UserNotice
{
    public string Id { get; set; } = "";
    public string UserId { get; set; } = "";
    public string Kind { get; set; } = "";
    public DateTimeOffset Created { get; set; }
}

public sealed class NoticeContext : DbContext
{
    public DbSet<UserNotice> Notices => Set<UserNotice>();
}

[TaskContract]
public interface IUserNotices
{
    [Task, Idempotent]
    Task SendAsync(string kind, string[] users, CancellationToken cancellationToken = default);
}

public sealed class UserNoticeWorker(IDbContextFactory<NoticeContext> contexts) : IUserNotices
{
    public async Task SendAsync(string kind, string[] users, CancellationToken cancellationToken)
    {
        await using NoticeContext context = await contexts.CreateDbContextAsync(cancellationToken);
        foreach (string user in users)
        {
            UserNotice notice = new()
            {
                Id = Guid.NewGuid().ToString(),
                Created = DateTimeOffset.UtcNow,
                UserId = user,
                Kind = kind,
            };
            {|TT418:context.Notices.Add(notice)|};
        }

        await context.SaveChangesAsync(cancellationToken);
    }
}
