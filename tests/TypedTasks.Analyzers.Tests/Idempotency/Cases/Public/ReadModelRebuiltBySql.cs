// A table of totals is emptied and filled again, in one transaction.
using System.Data;
using System.Data.Common;
using Dapper;

[TaskContract]
public interface ITotals
{
    [Task, Idempotent]
    Task RebuildAsync(int year, CancellationToken cancellationToken = default);
}

public sealed class TotalWorker(DbConnection connection) : ITotals
{
    public async Task RebuildAsync(int year, CancellationToken cancellationToken)
    {
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync("DELETE FROM totals WHERE year = @year", new { year }, transaction);
        await connection.ExecuteAsync("INSERT INTO totals (year, customer, total) SELECT year, customer, SUM(total) FROM orders WHERE year = @year GROUP BY year, customer", new { year }, transaction);
        await transaction.CommitAsync(cancellationToken);
    }
}
