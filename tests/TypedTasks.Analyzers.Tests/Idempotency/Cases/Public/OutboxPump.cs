// The outbox is pumped: what was published is marked, one message after the other.
using System.Data;
using Dapper;
using MassTransit;

public sealed record OutboxRow(Guid Id, string Type, string Data);

[TaskContract]
public interface IOutboxPump
{
    [Task, Idempotent]
    Task PumpAsync(CancellationToken cancellationToken = default);
}

public sealed class OutboxPumpWorker(IDbConnection connection, IBus bus) : IOutboxPump
{
    private const string Pending = """
        SELECT "Id", "Type", "Data" FROM outbox_messages WHERE "ProcessedDate" IS NULL ORDER BY "OccurredOn"
        """;

    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        IEnumerable<OutboxRow> rows = await connection.QueryAsync<OutboxRow>(Pending);
        foreach (OutboxRow row in rows)
        {
            await bus.Publish(row, publish => publish.MessageId = row.Id, cancellationToken);
            await connection.ExecuteAsync("UPDATE outbox_messages SET \"ProcessedDate\" = @now WHERE \"Id\" = @id", new { now = DateTime.UtcNow, id = row.Id });
        }
    }
}
