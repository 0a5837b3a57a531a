// Entries of an archive that are made once: the archive is a new one, the entry is taken out before, or looked for.
using System.IO;
using System.IO.Compression;

[TaskContract]
public interface IArchiveEntries
{
    [Task, Idempotent]
    Task NewAsync(string target, string file);

    [Task, Idempotent]
    Task ReplacedAsync(string archive, string file);

    [Task, Idempotent]
    Task UnlessThereAsync(string archive, string file);
}

public sealed class ArchiveEntryWorker : IArchiveEntries
{
    public async Task NewAsync(string target, string file)
    {
        await using FileStream stream = File.Create(target);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create);
        zip.CreateEntryFromFile(file, Path.GetFileName(file));
    }

    public Task ReplacedAsync(string archive, string file)
    {
        using ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        zip.GetEntry(Path.GetFileName(file))?.Delete();
        zip.CreateEntryFromFile(file, Path.GetFileName(file));
        return Task.CompletedTask;
    }

    public Task UnlessThereAsync(string archive, string file)
    {
        using ZipArchive zip = ZipFile.Open(archive, ZipArchiveMode.Update);
        if (zip.GetEntry(file) is null)
        {
            using StreamWriter writer = new(zip.CreateEntry(file).Open());
            writer.Write(file);
        }

        return Task.CompletedTask;
    }
}
