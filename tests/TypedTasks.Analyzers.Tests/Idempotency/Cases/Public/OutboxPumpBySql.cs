// The outbox without a message's id: what is unprocessed is published, and marked row by row.
using System.Data;
using Dapper;

public sealed record PendingFact(Guid Id, string Data);

public interface IFactBus
{
    Task PublishAsync(string data, CancellationToken cancellationToken);
}

public interface IShopMessageBus
{
    Task PublishAsync(string data, CancellationToken cancellationToken);
}

[TaskContract]
public interface IFactPump
{
    [Task, Idempotent]
    Task PumpAsync(CancellationToken cancellationToken = default);
}

public sealed class FactPumpWorker(IDbConnection connection, IShopMessageBus bus) : IFactPump
{
    public async Task PumpAsync(CancellationToken cancellationToken)
    {
        IEnumerable<PendingFact> facts = await connection.QueryAsync<PendingFact>("SELECT id, data FROM facts WHERE processed_at IS NULL ORDER BY id");
        foreach (PendingFact fact in facts)
        {
            await bus.PublishAsync(fact.Data, cancellationToken);
            await connection.ExecuteAsync("UPDATE facts SET processed_at = now() WHERE id = @Id", new { fact.Id });
        }
    }
}
