// Bulk copies into tables that are temporary, or were emptied before.
using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.Data.SqlClient;
using Npgsql;

[TaskContract]
public interface IStagings
{
    [Task, Idempotent]
    Task ServerAsync(int[] values);

    [Task, Idempotent]
    Task PostgresAsync(int[] values);
}

public sealed class StagingWorker(SqlConnection server, NpgsqlConnection postgres) : IStagings
{
    public async Task ServerAsync(int[] values)
    {
        DataTable table = new();
        table.Columns.Add("value", typeof(int));
        foreach (int value in values)
        {
            table.Rows.Add(value);
        }

        await server.ExecuteAsync("CREATE TABLE #staged (value int)");
        using SqlBulkCopy copy = new(server) { DestinationTableName = "#staged" };
        await copy.WriteToServerAsync(table);
        await server.ExecuteAsync("MERGE INTO totals AS t USING #staged AS s ON t.value = s.value WHEN NOT MATCHED THEN INSERT (value) VALUES (s.value);");

        await server.ExecuteAsync("TRUNCATE TABLE [dbo].[loaded]");
        using SqlBulkCopy again = new(server);
        again.DestinationTableName = "dbo.Loaded";
        await again.WriteToServerAsync(table);
    }

    public async Task PostgresAsync(int[] values)
    {
        await postgres.ExecuteAsync("TRUNCATE TABLE loading");
        await using NpgsqlBinaryImporter importer = await postgres.BeginBinaryImportAsync("COPY public.loading (value) FROM STDIN (FORMAT BINARY)");
        foreach (int value in values)
        {
            await importer.StartRowAsync();
            await importer.WriteAsync(value);
        }

        await importer.CompleteAsync();
    }
}
