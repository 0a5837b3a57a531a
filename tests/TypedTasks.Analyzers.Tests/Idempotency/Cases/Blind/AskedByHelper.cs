// A method of the handler's own says whether there is anything to do.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum ExportState
{
    Pending,
    Done,
}

public sealed class ExportRow
{
    public int Id { get; set; }
    public ExportState State { get; set; }
}

public sealed class ExportRowContext : DbContext
{
    public DbSet<ExportRow> Rows => Set<ExportRow>();
}

[TaskContract]
public interface IExportRows
{
    [Task, Idempotent]
    Task ExportAsync(int row, CancellationToken cancellationToken = default);
}

public sealed class ExportRowWorker(ExportRowContext database, HttpClient http) : IExportRows
{
    public async Task ExportAsync(int row, CancellationToken cancellationToken)
    {
        ExportRow? found = await database.Rows.FindAsync([row], cancellationToken);
        if (found is null || !IsPending(found))
        {
            return;
        }

        await http.PostAsync("/exports", new StringContent($"{row}"), cancellationToken);
        found.State = ExportState.Done;
        await database.SaveChangesAsync(cancellationToken);
    }

    private static bool IsPending(ExportRow row) => row.State == ExportState.Pending;
}
