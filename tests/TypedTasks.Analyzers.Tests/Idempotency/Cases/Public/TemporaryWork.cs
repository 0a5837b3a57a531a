// Work in a folder of its own among the temporary ones, then one file in its place.
using System.IO;
using System.Net.Http;

public sealed class WorkFolders
{
    public string TempDirectory { get; init; } = "work/tmp";
}

[TaskContract]
public interface IVideoCuts
{
    [Task, Idempotent]
    Task CutAsync(Guid video, CancellationToken cancellationToken = default);
}

public sealed class VideoCutWorker(HttpClient http, WorkFolders folders) : IVideoCuts
{
    public async Task CutAsync(Guid video, CancellationToken cancellationToken)
    {
        string work = Path.Combine(folders.TempDirectory, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(work);
        string part = Path.Combine(work, "part.mp4");
        try
        {
            byte[] bytes = await http.GetByteArrayAsync($"/videos/{video}", cancellationToken);
            await File.WriteAllBytesAsync(part, bytes, cancellationToken);
            File.Move(part, Path.Combine("videos", $"{video}.mp4"), overwrite: true);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
