using System.Data.Common;
using Dapper;

[TaskContract]
public interface ITransfers
{
    [Task, Idempotent(Key = nameof(transfer))]
    Task TransferAsync(Guid transfer, Guid from, Guid to, decimal amount);
}

public sealed class TransferWorker(DbDataSource source) : ITransfers
{
    public async Task TransferAsync(Guid transfer, Guid from, Guid to, decimal amount)
    {
        await using DbConnection connection = await source.OpenConnectionAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        await {|TT422:connection.ExecuteAsync("UPDATE accounts SET balance = balance - @amount WHERE id = @from", new { from, amount }, transaction)|};
        await {|TT422:connection.ExecuteAsync("UPDATE accounts SET balance = balance + @amount WHERE id = @to", new { to, amount }, transaction)|};
        await transaction.CommitAsync();
    }
}
