// A handler that waits for other tasks: by a handle, by the proxy, by InvokeAsync in a helper.
namespace Reports;

[TaskContract]
public interface IReports
{
    [Task, Idempotent] Task<int> CountAsync(Guid tenant);

    [Task, Idempotent] Task RenderAsync(Guid tenant, CancellationToken cancellationToken = default);

    [Task, Idempotent] Task DrawAsync(Guid tenant, CancellationToken cancellationToken = default);
}

public sealed class ReportWorker(ITaskClient<IReports> reports) : IReports
{
    public Task<int> CountAsync(Guid tenant) => Task.FromResult(tenant.GetHashCode());

    public async Task RenderAsync(Guid tenant, CancellationToken cancellationToken)
    {
        TaskHandle<int> handle = await reports.CountAsync(tenant, cancellationToken: cancellationToken);
        int rows = await {|TT515:handle.ResultAsync(TimeSpan.FromSeconds(10), cancellationToken)|}.ConfigureAwait(false);
        Console.WriteLine(rows);
    }

    public async Task DrawAsync(Guid tenant, CancellationToken cancellationToken)
    {
        int rows = await {|TT515:reports.InvokeAsync(ReportsTasks.Count(tenant), cancellationToken)|};
        Console.WriteLine(rows);
    }
}
