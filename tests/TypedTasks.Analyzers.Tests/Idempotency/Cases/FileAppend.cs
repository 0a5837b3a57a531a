using System.IO;

[TaskContract]
public interface IJournal
{
    [Task, Idempotent]
    Task WriteAsync(string line);
}

public sealed class JournalWorker : IJournal
{
    private readonly string _path = Path.Combine("data", "journal.log");

    public async Task WriteAsync(string line)
    {
        await {|TT413:File.AppendAllTextAsync(_path, line)|};
        await using FileStream stream = {|TT413:new(_path, FileMode.Append)|};
        await using StreamWriter writer = {|TT413:new("data/other.log", append: true)|};
        await writer.WriteLineAsync(line);
    }
}
