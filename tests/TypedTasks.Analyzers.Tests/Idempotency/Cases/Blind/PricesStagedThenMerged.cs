// A price list is copied into a temporary table, and from there into the real one, where a known article is overwritten.
using System.Data.Common;
using System.IO;
using Npgsql;

[TaskContract]
public interface IStagedPrices
{
    [Task(TimeLimit = "10m"), Idempotent]
    Task LoadAsync(string supplier, string file, CancellationToken cancellationToken = default);
}

public sealed class StagedPriceWorker(NpgsqlDataSource source) : IStagedPrices
{
    private const string Merge = """
        INSERT INTO prices (supplier, article, price)
        SELECT DISTINCT ON (article) supplier, article, price FROM staged_prices
        ON CONFLICT (supplier, article) DO UPDATE SET price = EXCLUDED.price
        """;

    public async Task LoadAsync(string supplier, string file, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
        await RunAsync(connection, "CREATE TEMP TABLE staged_prices (supplier text, article text, price text) ON COMMIT DROP", cancellationToken);
        await using (NpgsqlBinaryImporter importer = await connection.BeginBinaryImportAsync("COPY staged_prices FROM STDIN (FORMAT BINARY)", cancellationToken))
        {
            foreach (string line in await File.ReadAllLinesAsync(file, cancellationToken))
            {
                string[] cells = line.Split(';', 2);
                await importer.StartRowAsync(cancellationToken);
                await importer.WriteAsync(supplier, cancellationToken);
                await importer.WriteAsync(cells[0], cancellationToken);
                await importer.WriteAsync(cells[1], cancellationToken);
            }

            await importer.CompleteAsync(cancellationToken);
        }

        await RunAsync(connection, Merge, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
