// Scans are put into an archive that grows, a list beside it too, and a tool of the house makes it searchable.
using System.Diagnostics;
using System.IO;
using System.IO.Compression;

[TaskContract]
public interface IScanArchives
{
    [Task, Idempotent]
    Task AddAsync(string folder, string scan, CancellationToken cancellationToken = default);
}

public sealed class ScanArchiveWorker : IScanArchives
{
    public async Task AddAsync(string folder, string scan, CancellationToken cancellationToken)
    {
        string archive = Path.Combine(folder, "scans.zip");
        using (ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update))
        {
            {|TT413:zip.CreateEntryFromFile(scan, Path.GetFileName(scan))|};
        }

        await using (StreamWriter list = {|TT413:new StreamWriter(Path.Combine(folder, "scans.txt"), append: true)|})
        {
            await list.WriteLineAsync(Path.GetFileName(scan).AsMemory(), cancellationToken);
        }

        ProcessStartInfo start = new("ocr-index")
        {
            ArgumentList = { "--archive", archive },
            RedirectStandardError = true,
        };
        using Process process = {|TT417:Process.Start(start)|} ?? throw new InvalidOperationException("ocr-index did not start.");
        string errors = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException(errors);
        }
    }
}
