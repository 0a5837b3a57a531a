// A report under the day on which it was made; and under the day for which.
using System.IO;

[TaskContract]
public interface IDailyReports
{
    [Task, Idempotent]
    Task MakeAsync(string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task MakeForAsync(DateOnly day, string text, TaskContext context);
}

public sealed class DailyReportWorker(TimeProvider time) : IDailyReports
{
    public async Task MakeAsync(string text, CancellationToken cancellationToken)
    {
        string name = $"report-{time.GetUtcNow():yyyy-MM-dd}.txt";
        await {|TT418:File.WriteAllTextAsync(Path.Combine("reports", name), text, cancellationToken)|};
    }

    public async Task MakeForAsync(DateOnly day, string text, TaskContext context)
    {
        await File.WriteAllTextAsync($"reports/{day:yyyy-MM-dd}.txt", text, context.CancellationToken);
        await File.WriteAllTextAsync($"reports/{context.EnqueuedAt:yyyy-MM-dd}.txt", text, context.CancellationToken);
    }
}
