using System.IO;

[TaskContract]
public interface IReports
{
    [Task, Idempotent]
    Task RenderAsync(Guid report);
}

public sealed class ReportWorker : IReports
{
    public async Task RenderAsync(Guid report)
    {
        string scratch = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.tmp");
        await File.WriteAllTextAsync(scratch, "draft");
        await File.AppendAllTextAsync(scratch, "more");
        byte[] bytes = await File.ReadAllBytesAsync(scratch);
        await File.WriteAllBytesAsync($"reports/{report}.pdf", bytes);
        File.Delete(scratch);
    }
}
