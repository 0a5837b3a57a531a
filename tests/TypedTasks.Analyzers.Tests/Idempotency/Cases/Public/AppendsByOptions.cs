// Ways to the end of a file, other than the usual ones.
using System.IO;

[TaskContract]
public interface IJournals
{
    [Task, Idempotent]
    Task WriteAsync(string line);
}

public sealed class JournalWorker : IJournals
{
    public async Task WriteAsync(string line)
    {
        await using StreamWriter one = {|TT413:new StreamWriter("journal.txt", new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write })|};
        await one.WriteLineAsync(line);
        await using StreamWriter other = {|TT413:new FileInfo("journal.txt").AppendText()|};
        await other.WriteLineAsync(line);
    }
}
