// Every way to write at the end of a file, and some to write it anew.
using System.IO;

[TaskContract]
public interface IAppendedFiles
{
    [Task, Idempotent]
    Task AppendAsync(string path, string[] lines);

    [Task, Idempotent]
    Task WriteAsync(string path, string[] lines);
}

public sealed class AppendedFileWorker : IAppendedFiles
{
    public async Task AppendAsync(string path, string[] lines)
    {
        await {|TT413:File.AppendAllLinesAsync(path, lines)|};
        await using FileStream stream = {|TT413:new(path, FileMode.Append, FileAccess.Write)|};
        await stream.WriteAsync("x"u8.ToArray());
        await using StreamWriter writer = {|TT413:File.AppendText(path + ".log")|};
        await writer.WriteLineAsync(lines[0]);
    }

    public async Task WriteAsync(string path, string[] lines)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllLinesAsync(path, lines);
        await using FileStream stream = new(path + ".bin", FileMode.Create);
        await stream.WriteAsync("x"u8.ToArray());
        await using StreamWriter writer = new(path + ".txt");
        await writer.WriteLineAsync(lines[0]);
        if (File.Exists(path + ".old"))
        {
            File.Delete(path + ".old");
        }
    }
}
