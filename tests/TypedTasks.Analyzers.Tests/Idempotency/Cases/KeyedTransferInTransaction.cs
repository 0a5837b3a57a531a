using System.Data;
using Dapper;

// Two updates and the record of the transfer in one transaction, under a key.
[TaskContract]
public interface ITransfers
{
    [Task, Idempotent]
    Task TransferAsync(Guid transfer, int from, int to, decimal amount);
}

public sealed class TransferWorker(IDbConnection db) : ITransfers
{
    public async Task TransferAsync(Guid transfer, int from, int to, decimal amount)
    {
        using IDbTransaction transaction = db.BeginTransaction();
        int added = await db.ExecuteAsync("INSERT INTO transfers (id) VALUES (@transfer) ON CONFLICT DO NOTHING", new { transfer }, transaction);
        if (added == 0)
        {
            return;
        }

        await db.ExecuteAsync("UPDATE accounts SET balance = balance - @amount WHERE id = @from", new { from, amount }, transaction);
        await db.ExecuteAsync("UPDATE accounts SET balance = balance + @amount WHERE id = @to", new { to, amount }, transaction);
        transaction.Commit();
    }
}
