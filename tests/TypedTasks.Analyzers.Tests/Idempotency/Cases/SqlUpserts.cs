using System.Data;
using Dapper;

[TaskContract]
public interface IRates
{
    [Task, Idempotent]
    Task StoreAsync(string currency, decimal rate);
}

public sealed class RateWorker(IDbConnection connection) : IRates
{
    public async Task StoreAsync(string currency, decimal rate)
    {
        object values = new { currency, rate };
        await connection.ExecuteAsync("MERGE INTO rates AS t USING (VALUES (@currency, @rate)) AS s (c, r) ON t.c = s.c WHEN MATCHED THEN UPDATE SET r = s.r WHEN NOT MATCHED THEN INSERT (c, r) VALUES (s.c, s.r);", values);
        await connection.ExecuteAsync("INSERT INTO rates (c, r) VALUES (@currency, @rate) ON DUPLICATE KEY UPDATE r = @rate", values);
        await connection.ExecuteAsync("REPLACE INTO rates (c, r) VALUES (@currency, @rate)", values);
        await connection.ExecuteAsync("INSERT OR IGNORE INTO rates (c, r) VALUES (@currency, @rate)", values);
        await connection.ExecuteAsync("UPDATE rates SET r = @rate, seen_count = 0 WHERE c = @currency -- r = r + 1", values);
        decimal known = await connection.QuerySingleAsync<decimal>("SELECT r + 1 FROM rates WHERE c = @currency", values);
        await connection.ExecuteAsync("INSERT INTO #scratch (r) VALUES (@known)", new { known });
    }
}
