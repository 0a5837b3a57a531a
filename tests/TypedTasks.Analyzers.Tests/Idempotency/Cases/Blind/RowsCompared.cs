// Rows of two systems are compared, and the answer says how many differ.
using System.Data;
using Dapper;
using Microsoft.Extensions.Logging;

public sealed record StockRow(string Sku, int Quantity);

[TaskContract]
public interface IStockComparisons
{
    [Task, Idempotent]
    ValueTask<int> CompareAsync(string warehouse);
}

public sealed class StockComparisonWorker(IDbConnection connection, ILogger<StockComparisonWorker> logger) : IStockComparisons
{
    public async ValueTask<int> CompareAsync(string warehouse)
    {
        IEnumerable<StockRow> ours = await connection.QueryAsync<StockRow>("SELECT sku, quantity FROM stock WHERE warehouse = @warehouse", new { warehouse });
        Dictionary<string, int> theirs = (await connection.QueryAsync<StockRow>("SELECT sku, quantity FROM reported_stock WHERE warehouse = @warehouse", new { warehouse }))
            .ToDictionary(row => row.Sku, row => row.Quantity);
        int different = 0;
        foreach (StockRow row in ours)
        {
            if (!theirs.TryGetValue(row.Sku, out int reported) || reported != row.Quantity)
            {
                different++;
                logger.LogWarning("{Sku} differs", row.Sku);
            }
        }

        return different;
    }
}
