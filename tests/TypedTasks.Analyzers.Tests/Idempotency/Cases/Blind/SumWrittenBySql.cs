// A sum is read, and written into another table.
using System.Data;
using Dapper;

[TaskContract]
public interface IDailySums
{
    [Task, Idempotent]
    Task SumAsync(DateOnly day);
}

public sealed class DailySumWorker(IDbConnection connection) : IDailySums
{
    public async Task SumAsync(DateOnly day)
    {
        decimal sales = await connection.ExecuteScalarAsync<decimal>("SELECT SUM(total) FROM sales WHERE day = @day", new { day });
        decimal refunds = await connection.ExecuteScalarAsync<decimal>("SELECT SUM(total) FROM refunds WHERE day = @day", new { day });
        await connection.ExecuteAsync("UPDATE daily_sums SET total = @total WHERE day = @day", new { day, total = sales - refunds });
    }
}
