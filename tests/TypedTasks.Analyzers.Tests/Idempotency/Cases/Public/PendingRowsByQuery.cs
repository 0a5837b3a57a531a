// What is pending is asked for by the flag that is set when it is done: one row at a time.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class PendingExport
{
    public int Id { get; set; }
    public bool IsExported { get; set; }
}

public sealed class ExportContext : DbContext
{
    public DbSet<PendingExport> Exports => Set<PendingExport>();
}

[TaskContract]
public interface IPendingExports
{
    [Task, Idempotent]
    Task ExportOneAsync(int id, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ExportAllAsync(CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ExportRecentAsync(int after, CancellationToken cancellationToken = default);
}

public sealed class PendingExportWorker(ExportContext context, HttpClient http) : IPendingExports
{
    public async Task ExportOneAsync(int id, CancellationToken cancellationToken)
    {
        PendingExport? pending = await context.Exports.FirstOrDefaultAsync(one => one.Id == id && !one.IsExported, cancellationToken);
        if (pending is null)
        {
            return;
        }

        (await http.PostAsync($"/exports?id={id}", null, cancellationToken)).EnsureSuccessStatusCode();
        pending.IsExported = true;
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task ExportAllAsync(CancellationToken cancellationToken)
    {
        foreach (PendingExport pending in await context.Exports.Where(one => !one.IsExported).ToListAsync(cancellationToken))
        {
            (await http.PostAsync($"/exports?id={pending.Id}", null, cancellationToken)).EnsureSuccessStatusCode();
            pending.IsExported = true;
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task ExportRecentAsync(int after, CancellationToken cancellationToken)
    {
        foreach (PendingExport recent in await context.Exports.Where(one => one.Id > after).ToListAsync(cancellationToken))
        {
            (await {|TT410:http.PostAsync($"/exports?id={recent.Id}", null, cancellationToken)|}).EnsureSuccessStatusCode();
        }
    }
}
