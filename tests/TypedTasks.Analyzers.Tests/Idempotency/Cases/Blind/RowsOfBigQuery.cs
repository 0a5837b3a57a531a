// Rows that nothing tells apart, and rows under an id of insertion.
using Google.Cloud.BigQuery.V2;

[TaskContract]
public interface IUsageRows
{
    [Task, Idempotent]
    Task AppendAsync(Guid tenant, long bytes, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task AppendOnceAsync(Guid tenant, long bytes, TaskContext context, CancellationToken cancellationToken = default);
}

public sealed class UsageRowWorker(BigQueryClient warehouse) : IUsageRows
{
    public Task AppendAsync(Guid tenant, long bytes, CancellationToken cancellationToken) =>
        {|TT411:warehouse.InsertRowAsync("usage", "daily", new BigQueryInsertRow { { "tenant", tenant.ToString() }, { "bytes", bytes } }, cancellationToken)|};

    public async Task AppendOnceAsync(Guid tenant, long bytes, TaskContext context, CancellationToken cancellationToken)
    {
        BigQueryInsertRow row = new(insertId: context.Id.ToString()) { { "tenant", tenant.ToString() }, { "bytes", bytes } };
        await warehouse.InsertRowAsync("usage", "daily", row, cancellationToken);
    }
}
