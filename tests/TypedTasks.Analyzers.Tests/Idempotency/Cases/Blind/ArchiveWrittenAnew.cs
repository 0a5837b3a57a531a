// An export is gathered in a folder of its own, packed, and moved to where it belongs in one step.
using System.IO;
using System.IO.Compression;
using System.Text.Json;

public sealed record ExportedTable(string Name, string[] Rows);

[TaskContract]
public interface IExportArchives
{
    [Task(TimeLimit = "15m"), Idempotent]
    Task<long> PackAsync(Guid export, string target, ExportedTable[] tables, CancellationToken cancellationToken = default);
}

public sealed class ExportArchiveWorker : IExportArchives
{
    public async Task<long> PackAsync(Guid export, string target, ExportedTable[] tables, CancellationToken cancellationToken)
    {
        DirectoryInfo work = Directory.CreateTempSubdirectory("export-");
        string packed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        try
        {
            foreach (ExportedTable table in tables)
            {
                await using FileStream file = File.Create(Path.Combine(work.FullName, $"{table.Name}.json"));
                await JsonSerializer.SerializeAsync(file, table.Rows, cancellationToken: cancellationToken);
            }

            ZipFile.CreateFromDirectory(work.FullName, packed, CompressionLevel.Optimal, includeBaseDirectory: false);
            string final = Path.Combine(target, $"{export:N}.zip");
            Directory.CreateDirectory(target);
            File.Move(packed, final, overwrite: true);
            return new FileInfo(final).Length;
        }
        finally
        {
            work.Delete(recursive: true);
            File.Delete(packed);
        }
    }
}
