// An export for a user: a file by the clock, a tool over it, and a message that it is there.
using System.Diagnostics;
using System.IO;

public interface ISystemMessages
{
    Task SendEmailAsync(string user, string subject);
}

[TaskContract]
public interface ICsvExports
{
    [Task, Idempotent]
    Task ExportAsync(string user, string[] rows, CancellationToken cancellationToken = default);
}

public sealed class CsvExportWorker(ISystemMessages messages) : ICsvExports
{
    public async Task ExportAsync(string user, string[] rows, CancellationToken cancellationToken)
    {
        string file = $"exports/{user}-{DateTime.UtcNow:yyMMdd-HHmmss}.csv";
        await {|TT418:File.WriteAllLinesAsync(file, rows, cancellationToken)|};
        using (Process? gzip = {|TT417:Process.Start("gzip", ["-5", file])|})
        {
            await gzip!.WaitForExitAsync(cancellationToken);
        }

        await {|TT414:messages.SendEmailAsync(user, $"{Path.GetFileName(file)} is ready")|};
    }
}
