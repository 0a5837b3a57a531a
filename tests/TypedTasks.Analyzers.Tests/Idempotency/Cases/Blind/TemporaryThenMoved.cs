// A file is worked on in a temporary folder, moved to its place, and the folder is removed.
using System.IO;
using System.Net.Http;

[TaskContract]
public interface IFileMirrors
{
    [Task, Idempotent]
    Task MirrorAsync(Uri source, string target, CancellationToken cancellationToken = default);
}

public sealed class MirrorWorker(HttpClient http) : IFileMirrors
{
    public async Task MirrorAsync(Uri source, string target, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(folder);
        try
        {
            string partial = Path.Combine(folder, "download");
            await File.WriteAllBytesAsync(partial, await http.GetByteArrayAsync(source, cancellationToken), cancellationToken);
            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
