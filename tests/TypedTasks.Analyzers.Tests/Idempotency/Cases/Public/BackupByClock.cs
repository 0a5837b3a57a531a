// A backup under the time of its making: every run makes one more.
using System.IO;
using System.IO.Compression;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface IBackups
{
    [Task, Idempotent]
    Task MakeAsync(string folder, CancellationToken cancellationToken = default);
}

public sealed class BackupWorker(ILogger<BackupWorker> log) : IBackups
{
    public Task MakeAsync(string folder, CancellationToken cancellationToken)
    {
        string date = $"{DateTime.UtcNow.ToShortDateString()}_{DateTime.UtcNow.ToLongTimeString()}".Replace("/", "_").Replace(":", "_");
        string zip = Path.Join(folder, $"backup_{date}.zip");
        string temporary = Path.Join(Path.GetTempPath(), date);
        Directory.CreateDirectory(temporary);
        File.Copy(Path.Join(folder, "app.db"), Path.Join(temporary, "app.db"), overwrite: true);
        cancellationToken.ThrowIfCancellationRequested();
        {|TT418:ZipFile.CreateFromDirectory(temporary, zip)|};
        Directory.Delete(temporary, recursive: true);
        log.LogInformation("Made {Zip}", zip);
        return Task.CompletedTask;
    }
}
