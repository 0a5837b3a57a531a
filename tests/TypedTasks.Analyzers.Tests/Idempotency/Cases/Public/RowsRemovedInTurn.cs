// A page of old rows is removed at a time, until there is none.
using Microsoft.EntityFrameworkCore;

public sealed class ErrorLine
{
    public long Id { get; set; }
    public DateTimeOffset At { get; set; }
}

public sealed class ErrorLog : DbContext
{
    public DbSet<ErrorLine> Lines => Set<ErrorLine>();
}

[TaskContract]
public interface IErrorLog
{
    [Task, Idempotent]
    Task<int> TrimAsync(DateTimeOffset oldest, CancellationToken cancellationToken = default);
}

public sealed class ErrorLogWorker(ErrorLog log) : IErrorLog
{
    public async Task<int> TrimAsync(DateTimeOffset oldest, CancellationToken cancellationToken)
    {
        int removed = 0;
        List<ErrorLine> page;
        do
        {
            page = await log.Lines.Where(line => line.At < oldest).OrderBy(line => line.Id).Take(1000).ToListAsync(cancellationToken);
            log.Lines.RemoveRange(page);
            await log.SaveChangesAsync(cancellationToken);
            removed += page.Count;
        }
        while (page.Count == 1000 && !cancellationToken.IsCancellationRequested);
        return removed;
    }
}
