using System.Data;
using Dapper;

[TaskContract]
public interface ITransfers
{
    [Task, Idempotent]
    Task SettleAsync(Guid account, Guid transfer, decimal amount);
}

public sealed class TransferWorker(IDbConnection connection) : ITransfers
{
    public async Task SettleAsync(Guid account, Guid transfer, decimal amount)
    {
        await connection.ExecuteAsync(
            "UPDATE accounts SET balance = balance + @amount, last_transfer = @transfer WHERE id = @account AND last_transfer <> @transfer",
            new { account, transfer, amount });
        await connection.ExecuteAsync("UPDATE transfers SET settled = 1 WHERE id = @transfer", new { transfer });
    }
}
