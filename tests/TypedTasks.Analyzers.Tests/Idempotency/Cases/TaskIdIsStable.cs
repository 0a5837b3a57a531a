using System.IO;
using System.Net.Http;

[TaskContract]
public interface IExports
{
    [Task, Idempotent]
    Task ExportAsync(string table, TaskContext context = null!);
}

public sealed class ExportWorker(HttpClient http) : IExports
{
    public async Task ExportAsync(string table, TaskContext context)
    {
        string name = $"{table}-{context.EnqueuedAt:yyyyMMdd}-{context.Id}.csv";
        await File.WriteAllTextAsync(Path.Combine("exports", name), "a;b");
        await http.PutAsync($"/exports/{name}", null);
    }
}
