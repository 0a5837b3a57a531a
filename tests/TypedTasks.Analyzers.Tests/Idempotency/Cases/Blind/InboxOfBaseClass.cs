// A base class keeps an inbox: what has been done under an id is not done again, in one transaction with the work.
using System.Data;
using System.Data.Common;
using Dapper;

public abstract class InboxWorker(DbConnection connection)
{
    protected async Task OnlyOnceAsync(Guid message, Func<DbTransaction, Task> work, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        int isNew = await connection.ExecuteAsync(
            "INSERT INTO inbox (message_id, consumer) VALUES (@message, @consumer) ON CONFLICT DO NOTHING",
            new { message, consumer = GetType().Name },
            transaction);
        if (isNew == 0)
        {
            return;
        }

        await work(transaction);
        await transaction.CommitAsync(cancellationToken);
    }
}

[TaskContract]
public interface IMileage
{
    [Task, Idempotent]
    Task CreditAsync(Guid flight, Guid member, int miles, CancellationToken cancellationToken = default);
}

public sealed class MileageWorker(DbConnection connection) : InboxWorker(connection), IMileage
{
    private readonly DbConnection _connection = connection;

    public Task CreditAsync(Guid flight, Guid member, int miles, CancellationToken cancellationToken) => OnlyOnceAsync(
        flight,
        async transaction =>
        {
            await _connection.ExecuteAsync("UPDATE members SET miles = miles + @miles WHERE id = @member", new { member, miles }, transaction);
            await _connection.ExecuteAsync("INSERT INTO statements (member, text) VALUES (@member, @text)", new { member, text = $"Flight {flight}" }, transaction);
        },
        cancellationToken);
}
