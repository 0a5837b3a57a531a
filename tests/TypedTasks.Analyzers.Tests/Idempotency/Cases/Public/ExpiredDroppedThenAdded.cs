// Old sessions are dropped, and one is added: what was dropped has nothing to do with it.
using Microsoft.EntityFrameworkCore;

public sealed class LoginSession
{
    public long Id { get; set; }
    public Guid User { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}

public sealed class SessionContext : DbContext
{
    public DbSet<LoginSession> Sessions => Set<LoginSession>();
}

[TaskContract]
public interface ILoginSessions
{
    [Task, Idempotent]
    Task OpenAsync(Guid user, TaskContext context);
}

public sealed class LoginSessionWorker(SessionContext sessions) : ILoginSessions
{
    public async Task OpenAsync(Guid user, TaskContext context)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        await sessions.Sessions.Where(one => one.ExpiresAt < now).ExecuteDeleteAsync(context.CancellationToken);
        {|TT411:sessions.Sessions.Add(new LoginSession { User = user, ExpiresAt = context.EnqueuedAt.AddDays(1) })|};
        await sessions.SaveChangesAsync(context.CancellationToken);
    }
}
