// Rows made in a query and added as one: the database numbers each.
using Microsoft.EntityFrameworkCore;

public sealed class ImportedRow
{
    public int Id { get; set; }
    public string Text { get; set; } = "";
}

public sealed class ImportContext : DbContext
{
    public DbSet<ImportedRow> Rows => Set<ImportedRow>();
}

[TaskContract]
public interface IRowImports
{
    [Task, Idempotent]
    Task ImportAsync(string[] lines, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ImportListAsync(string[] lines, CancellationToken cancellationToken = default);
}

public sealed class RowImportWorker(ImportContext context) : IRowImports
{
    public async Task ImportAsync(string[] lines, CancellationToken cancellationToken)
    {
        List<ImportedRow> rows = lines.Select(line => new ImportedRow { Text = line.Trim() }).ToList();
        {|TT411:context.Rows.AddRange(rows)|};
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task ImportListAsync(string[] lines, CancellationToken cancellationToken)
    {
        List<ImportedRow> rows = [];
        foreach (string line in lines)
        {
            rows.Add(new ImportedRow { Text = line.Trim() });
        }

        {|TT411:context.Rows.AddRange(rows)|};
        await context.SaveChangesAsync(cancellationToken);
    }
}
