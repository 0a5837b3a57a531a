// Rows of a table store: added under a random row key, and replaced under the device's own.
using Azure.Data.Tables;

public sealed class Reading : ITableEntity
{
    public string PartitionKey { get; set; } = "";
    public string RowKey { get; set; } = "";
    public double Value { get; set; }
}

[TaskContract]
public interface IReadings
{
    [Task, Idempotent]
    Task AddAsync(string device, double value, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task LastAsync(string device, double value, CancellationToken cancellationToken = default);
}

public sealed class ReadingWorker(TableClient table) : IReadings
{
    public async Task AddAsync(string device, double value, CancellationToken cancellationToken)
    {
        Reading reading = new() { PartitionKey = device, RowKey = Guid.NewGuid().ToString(), Value = value };
        await {|TT418:table.AddEntityAsync(reading, cancellationToken)|};
    }

    public async Task LastAsync(string device, double value, CancellationToken cancellationToken) =>
        await table.UpsertEntityAsync(new Reading { PartitionKey = device, RowKey = "last", Value = value }, cancellationToken);
}
