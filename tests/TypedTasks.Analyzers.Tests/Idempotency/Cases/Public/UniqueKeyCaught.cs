// The same message twice meets the unique index; what is caught is exactly that.
using Microsoft.EntityFrameworkCore;
using Npgsql;

public sealed class AuditEvent
{
    public long Id { get; set; }
    public string MessageKey { get; set; } = "";
    public string Text { get; set; } = "";
}

public sealed class AuditContext : DbContext
{
    public DbSet<AuditEvent> Events => Set<AuditEvent>();
}

[TaskContract]
public interface IAuditEvents
{
    [Task, Idempotent]
    Task StoreAsync(string text, TaskContext context);

    [Task, Idempotent]
    Task StoreAndThrowAsync(string text, CancellationToken cancellationToken = default);
}

public sealed class AuditEventWorker(AuditContext audit) : IAuditEvents
{
    public async Task StoreAsync(string text, TaskContext context)
    {
        audit.Events.Add(new AuditEvent { MessageKey = context.Id.ToString(), Text = text });
        try
        {
            await audit.SaveChangesAsync(context.CancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: "23505" })
        {
            // It was stored before.
        }
    }

    public async Task StoreAndThrowAsync(string text, CancellationToken cancellationToken)
    {
        {|TT411:audit.Events.Add(new AuditEvent { Text = text })|};
        try
        {
            await audit.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e)
        {
            throw new InvalidOperationException("The event was not stored", e);
        }
    }
}
