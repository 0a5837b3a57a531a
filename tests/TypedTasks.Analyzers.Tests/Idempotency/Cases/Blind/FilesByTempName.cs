// A report is written beside its place, and moved there; the day's log grows.
using System.IO;
using System.Text;

[TaskContract]
public interface IReportFiles
{
    [Task, Idempotent]
    Task WriteAsync(string folder, DateOnly day, string[] lines, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task LogAsync(string folder, DateOnly day, string line, CancellationToken cancellationToken = default);
}

public sealed class ReportFileWorker : IReportFiles
{
    public async Task WriteAsync(string folder, DateOnly day, string[] lines, CancellationToken cancellationToken)
    {
        string path = Path.Combine(folder, $"{day:yyyyMMdd}.csv");
        string temporary = Path.Combine(folder, $"{Guid.NewGuid():N}.tmp");
        await using (StreamWriter writer = new(temporary, append: false, Encoding.UTF8))
        {
            foreach (string line in lines)
            {
                await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
            }
        }

        File.Move(temporary, path, overwrite: true);
    }

    public async Task LogAsync(string folder, DateOnly day, string line, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = {|TT413:new(Path.Combine(folder, $"{day:yyyyMMdd}.log"), append: true)|};
        await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }
}
