// The generic repository over a context, as a thousand samples have it.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

public abstract class BaseEntity
{
    public int Id { get; set; }
}

public sealed class AuditEntry : BaseEntity
{
    public string What { get; set; } = "";
}

public interface IRepository<T>
    where T : BaseEntity
{
    Task<T?> GetByIdAsync(int id, CancellationToken cancellationToken);
    Task AddAsync(T entity, CancellationToken cancellationToken);
    Task SaveChangesAsync(CancellationToken cancellationToken);
}

public sealed class EfRepository<T>(ShopContext context) : IRepository<T>
    where T : BaseEntity
{
    public async Task<T?> GetByIdAsync(int id, CancellationToken cancellationToken) => await context.Set<T>().FindAsync([id], cancellationToken);

    public async Task AddAsync(T entity, CancellationToken cancellationToken) => await context.Set<T>().AddAsync(entity, cancellationToken);

    public Task SaveChangesAsync(CancellationToken cancellationToken) => context.SaveChangesAsync(cancellationToken);
}

public sealed class ShopContext : DbContext;

[TaskContract]
public interface IAuditTrail
{
    [Task, Idempotent]
    Task WriteAsync(string what, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CorrectAsync(int entry, string what, CancellationToken cancellationToken = default);
}

public sealed class AuditTrailWorker(IRepository<AuditEntry> entries) : IAuditTrail
{
    public async Task WriteAsync(string what, CancellationToken cancellationToken)
    {
        await {|TT411:entries.AddAsync(new AuditEntry { What = what }, cancellationToken)|};
        await entries.SaveChangesAsync(cancellationToken);
    }

    public async Task CorrectAsync(int entry, string what, CancellationToken cancellationToken)
    {
        AuditEntry? found = await entries.GetByIdAsync(entry, cancellationToken);
        if (found is null)
        {
            return;
        }

        found.What = what;
        await entries.SaveChangesAsync(cancellationToken);
    }
}
