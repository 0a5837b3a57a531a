// What is run is put together at run time, of parts that nobody knows here.
using System.Data;
using System.Text;
using Dapper;

public interface ISchema
{
    IReadOnlyList<string> Columns(string table);
}

[TaskContract]
public interface ITableSyncs
{
    [Task, Idempotent]
    Task SyncAsync(string table, Guid row);
}

public sealed class TableSyncWorker(IDbConnection connection, ISchema schema) : ITableSyncs
{
    public async Task SyncAsync(string table, Guid row)
    {
        StringBuilder sql = new();
        sql.Append(schema.Columns(table).Count > 0 ? "UPDATE " : "DELETE FROM ").Append(table);
        sql.AppendJoin(',', schema.Columns(table)).Append(" WHERE id = @row");
        await connection.ExecuteAsync(sql.ToString(), new { row });
    }
}
