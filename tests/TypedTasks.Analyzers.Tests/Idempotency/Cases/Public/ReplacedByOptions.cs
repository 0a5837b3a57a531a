// A file is written from its beginning, by options.
using System.IO;

[TaskContract]
public interface IJournalFiles
{
    [Task, Idempotent]
    Task ReplaceAsync(string line);
}

public sealed class JournalFileWorker : IJournalFiles
{
    public async Task ReplaceAsync(string line)
    {
        await using StreamWriter one = new("journal.txt", new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write });
        await one.WriteLineAsync(line);
    }
}
