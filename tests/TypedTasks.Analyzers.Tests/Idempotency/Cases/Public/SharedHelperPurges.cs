// Retention: what is too old goes, table by table, with helpers that take what they delete.
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public abstract class Retained
{
    public int Id { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
}

public sealed class Visit : Retained;

public sealed class Draft : Retained;

public sealed class RetentionContext : DbContext
{
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Draft> Drafts => Set<Draft>();
}

[TaskContract]
public interface IRetention
{
    [Task, Idempotent]
    Task<int> EnforceAsync(int days, CancellationToken cancellationToken = default);
}

public sealed class RetentionWorker(RetentionContext context, TimeProvider time, ILogger<RetentionWorker> log) : IRetention
{
    public async Task<int> EnforceAsync(int days, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = time.GetUtcNow().AddDays(-days);
        int deleted = await PurgeAsync<Visit>(one => one.CreatedAt < oldest, cancellationToken);
        deleted += await PurgeAsync<Draft>(one => one.CreatedAt < oldest, cancellationToken);
        List<Draft> rest = await context.Drafts.Where(one => one.CreatedAt < oldest).ToListAsync(cancellationToken);
        context.Drafts.RemoveRange(rest);
        await context.SaveChangesAsync(cancellationToken);
        return deleted + rest.Count;
    }

    private async Task<int> PurgeAsync<T>(Expression<Func<T, bool>> isOld, CancellationToken cancellationToken)
        where T : Retained
    {
        int deleted = await context.Set<T>().Where(isOld).ExecuteDeleteAsync(cancellationToken);
        log.LogInformation("{Deleted} of {Type} deleted", deleted, typeof(T).Name);
        return deleted;
    }
}
