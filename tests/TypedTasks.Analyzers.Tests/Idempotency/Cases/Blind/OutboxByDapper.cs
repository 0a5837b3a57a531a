// The order and its message in one transaction, both under keys of the task's own.
using System.Data;
using System.Text.Json;
using Dapper;

[TaskContract]
public interface IOrderOutbox
{
    [Task, Idempotent]
    Task PlaceAsync(Guid order, decimal total, TaskContext context);
}

public sealed class OrderOutboxWorker(IDbConnection connection) : IOrderOutbox
{
    public async Task PlaceAsync(Guid order, decimal total, TaskContext context)
    {
        using IDbTransaction transaction = connection.BeginTransaction();
        await connection.ExecuteAsync(
            """
            IF NOT EXISTS (SELECT 1 FROM orders WHERE id = @order)
                INSERT INTO orders (id, total) VALUES (@order, @total)
            """,
            new { order, total },
            transaction);
        await connection.ExecuteAsync(
            "INSERT INTO outbox (id, payload) SELECT @id, @payload WHERE NOT EXISTS (SELECT 1 FROM outbox WHERE id = @id)",
            new { id = context.Id.ToString(), payload = JsonSerializer.Serialize(new { order, total }) },
            transaction);
        transaction.Commit();
    }
}
