// Files whose names say that they are not whole yet are nobody's; a header may come in an object.
using System.IO;
using Flurl.Http;

[TaskContract]
public interface IUnfinished
{
    [Task, Idempotent]
    Task WriteAsync(string folder, string name, string text, TaskContext context);
}

public sealed class UnfinishedWorker : IUnfinished
{
    public async Task WriteAsync(string folder, string name, string text, TaskContext context)
    {
        string target = Path.Combine(folder, name);
        string part = target + "." + Guid.NewGuid().ToString("N") + ".part";
        await File.WriteAllTextAsync(part, text);
        File.Move(part, target, overwrite: true);

        string unfinished = Path.Combine(folder, $"{name}-{context.Attempt}.tmp");
        await using (FileStream stream = new(unfinished, FileMode.CreateNew))
        {
            stream.WriteByte(1);
        }

        await "https://example.com/files".WithHeaders(new { Accept = "text/plain", Idempotency_Key = context.Id }).PostJsonAsync(new { name });
    }
}
