// A name by the clock of the run, and one by the day of the task.
using System.IO;

[TaskContract]
public interface ITodayFiles
{
    [Task, Idempotent]
    Task WriteAsync(string text, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task WriteForDayAsync(string text, DateOnly day, TaskContext context = null!);
}

public sealed class TodayFileWorker(TimeProvider time) : ITodayFiles
{
    public Task WriteAsync(string text, CancellationToken cancellationToken) => {|TT418:File.WriteAllTextAsync(PathOf("today", time.GetUtcNow()), text, cancellationToken)|};

    public async Task WriteForDayAsync(string text, DateOnly day, TaskContext context)
    {
        await File.WriteAllTextAsync(Path.Combine("days", $"{day:O}.txt"), text, context.CancellationToken);
        await File.WriteAllTextAsync(PathOf("enqueued", context.EnqueuedAt), text, context.CancellationToken);
    }

    private static string PathOf(string folder, DateTimeOffset at) => Path.Combine(folder, at.ToString("yyyyMMddHHmmss") + ".txt");
}
