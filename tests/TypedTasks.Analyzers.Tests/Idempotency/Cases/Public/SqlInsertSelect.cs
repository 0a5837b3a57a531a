// Rows made of rows: an insert from a query adds them again, unless it asks for what is missing.
using System.Data;
using Dapper;

[TaskContract]
public interface IArchives
{
    [Task, Idempotent]
    Task CopyAsync(int year);

    [Task, Idempotent]
    Task CopyMissingAsync(int year);

    [Task, Idempotent]
    Task MergeAsync(int year);
}

public sealed class ArchiveWorker(IDbConnection connection) : IArchives
{
    public async Task CopyAsync(int year) => await {|TT411:connection.ExecuteAsync(
        "INSERT INTO archive (order_number, total) SELECT number, total FROM orders WHERE year = @year",
        new { year })|};

    public async Task CopyMissingAsync(int year) => await connection.ExecuteAsync(
        """
        INSERT INTO archive (order_number, total)
        SELECT o.number, o.total FROM orders o LEFT JOIN archive a ON a.order_number = o.number
        WHERE o.year = @year AND a.order_number IS NULL
        """,
        new { year });

    public async Task MergeAsync(int year) => await connection.ExecuteAsync(
        """
        MERGE INTO archive AS a USING orders AS o ON a.order_number = o.number
        WHEN NOT MATCHED THEN INSERT (order_number, total) VALUES (o.number, o.total);
        """,
        new { year });
}
