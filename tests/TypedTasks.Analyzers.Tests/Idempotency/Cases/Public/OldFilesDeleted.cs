// Files that are old enough are deleted; which are, the clock says.
using System.IO;
using Microsoft.Extensions.Logging;

[TaskContract]
public interface ILogCleaning
{
    [Task, Idempotent]
    Task CleanAsync(string folder, int days, CancellationToken cancellationToken = default);
}

public sealed class LogCleaningWorker(ILogger<LogCleaningWorker> log) : ILogCleaning
{
    public Task CleanAsync(string folder, int days, CancellationToken cancellationToken)
    {
        DateTime oldest = DateTime.UtcNow.AddDays(-days);
        List<FileInfo> files = [.. new DirectoryInfo(folder).EnumerateFiles("*.log").Where(file => file.LastWriteTimeUtc < oldest)];
        int done = 0;
        foreach (FileInfo file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                file.Delete();
                done++;
            }
            catch (IOException e)
            {
                log.LogError(e, "{File} was not deleted", file.FullName);
            }
        }

        log.LogInformation("{Done} of {All} files deleted", done, files.Count);
        return Task.CompletedTask;
    }
}
