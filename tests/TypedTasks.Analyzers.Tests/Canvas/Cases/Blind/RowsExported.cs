// A number of rows is a long where it is counted and an int where it is used; what is made of the chain then has no type to speak of.
namespace Reports;

[TaskContract]
public interface IExports
{
    [Task, Idempotent] ValueTask<long> CountRowsAsync(string table, CancellationToken cancellationToken = default);
    [Task, Idempotent] ValueTask<Uri> ExportAsync(int rows, string table, CancellationToken cancellationToken = default);
    [Task, AtMostOnce] ValueTask NotifyAsync(Uri file, string user);
}

public sealed class Exporter(ITaskCanvas canvas)
{
    public async Task<TaskId> StartAsync(string table, string user, CancellationToken cancellationToken)
    {
        var exported = Canvas
            .Chain(ExportsTasks.CountRows(table))
            .Then({|TT801:ExportsTasks.ExportLink(table)|});
        var notified = await canvas.EnqueueAsync(exported.Then(ExportsTasks.NotifyLink(user)), EnqueueOptions.In(TimeSpan.FromMinutes(5)), cancellationToken);
        return notified.Id;
    }
}
