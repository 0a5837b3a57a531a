using System.Data;
using Dapper;

// A nightly job that computes from what is there and overwrites: as often as one likes.
[TaskContract]
public interface IStatistics
{
    [Task, Idempotent]
    Task RollUpAsync(DateOnly day);
}

public sealed class StatisticsWorker(IDbConnection db) : IStatistics
{
    public async Task RollUpAsync(DateOnly day)
    {
        decimal total = await db.QuerySingleAsync<decimal>("SELECT COALESCE(SUM(amount), 0) FROM sales WHERE day = @day", new { day });
        await db.ExecuteAsync("DELETE FROM daily_totals WHERE day = @day", new { day });
        await db.ExecuteAsync("UPDATE dashboards SET total = @total WHERE day = @day", new { day, total });
    }
}
