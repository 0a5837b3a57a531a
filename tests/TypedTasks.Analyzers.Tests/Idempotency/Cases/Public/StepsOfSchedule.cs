// A schedule's next run moves on, for those that are due: a second look finds them due no more.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class CronEntry
{
    public int Id { get; set; }
    public string Url { get; set; } = "";
    public DateTimeOffset NextRun { get; set; }
}

public sealed class CronContext : DbContext
{
    public DbSet<CronEntry> Entries => Set<CronEntry>();
}

[TaskContract]
public interface ICronEntries
{
    [Task, Idempotent]
    Task RunDueAsync(CancellationToken cancellationToken = default);
}

public sealed class CronEntryWorker(CronContext context, HttpClient http) : ICronEntries
{
    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        foreach (CronEntry entry in await context.Entries.Where(one => one.NextRun <= now).ToListAsync(cancellationToken))
        {
            (await http.PostAsync(entry.Url, null, cancellationToken)).EnsureSuccessStatusCode();
            entry.NextRun = entry.NextRun.AddHours(1);
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
