// Lines of a report appended to a file that all share.
using System.IO;
using System.Text;

[TaskContract]
public interface ISharedReport
{
    [Task, Idempotent]
    Task LineAsync(string line, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BlockAsync(string[] lines, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WholeAsync(string day, string[] lines, CancellationToken cancellationToken = default);
}

public sealed class SharedReportWorker : ISharedReport
{
    private readonly string _file = Path.Combine("reports", "all.csv");

    public async Task LineAsync(string line, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = {|TT413:new(_file, append: true, Encoding.UTF8)|};
        await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
    }

    public Task BlockAsync(string[] lines, CancellationToken cancellationToken) => {|TT413:File.AppendAllLinesAsync(_file, lines, cancellationToken)|};

    public async Task WholeAsync(string day, string[] lines, CancellationToken cancellationToken)
    {
        await using StreamWriter writer = new($"reports/{day}.csv", append: false, Encoding.UTF8);
        foreach (string line in lines)
        {
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }
}
