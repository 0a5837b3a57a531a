// A report is gathered in a folder of its own, packed beside it, and moved to its place when it is whole.
using System.IO;
using System.IO.Compression;

[TaskContract]
public interface IMonthlyArchives
{
    [Task, Idempotent]
    Task PackAsync(int year, int month, string[] reports, CancellationToken cancellationToken = default);
}

public sealed class MonthlyArchiveWorker : IMonthlyArchives
{
    public async Task PackAsync(int year, int month, string[] reports, CancellationToken cancellationToken)
    {
        DirectoryInfo gathered = Directory.CreateTempSubdirectory("archive-");
        string packed = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        try
        {
            foreach (string report in reports)
            {
                await using FileStream from = File.OpenRead(report);
                await using FileStream to = File.Create(Path.Combine(gathered.FullName, Path.GetFileName(report)));
                await from.CopyToAsync(to, cancellationToken);
            }

            ZipFile.CreateFromDirectory(gathered.FullName, packed, CompressionLevel.Optimal, includeBaseDirectory: false);
            File.Move(packed, Path.Combine("archives", $"{year}-{month:00}.zip"), overwrite: true);
        }
        finally
        {
            gathered.Delete(recursive: true);
            File.Delete(packed);
        }
    }
}
