// One statement that merges what was staged, and one that keeps the newest.
using System.Data;
using Dapper;

[TaskContract]
public interface IRowMerges
{
    [Task, Idempotent]
    Task MergeAsync(Guid batch);
}

public sealed class RowMerger(IDbConnection connection) : IRowMerges
{
    public async Task MergeAsync(Guid batch)
    {
        const string Merge =
            "MERGE INTO rates AS t USING (SELECT * FROM staged_rates WHERE batch = @batch) AS s ON t.code = s.code " +
            "WHEN MATCHED THEN UPDATE SET rate = s.rate WHEN NOT MATCHED THEN INSERT (code, rate) VALUES (s.code, s.rate);";
        await connection.ExecuteAsync(Merge, new { batch });
        await connection.ExecuteAsync("DELETE FROM staged_rates WHERE batch = @batch", new { batch });
    }
}
