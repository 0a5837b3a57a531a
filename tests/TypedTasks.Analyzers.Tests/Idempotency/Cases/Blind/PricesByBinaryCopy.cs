// A supplier's price list goes into the table by PostgreSQL's COPY.
using System.IO;
using System.Globalization;
using Npgsql;

public sealed record SupplierPrice(string Article, decimal Price, string Currency)
{
    public static SupplierPrice Parse(string line)
    {
        string[] cells = line.Split(';');
        return new SupplierPrice(cells[0], decimal.Parse(cells[1], CultureInfo.InvariantCulture), cells[2]);
    }
}

[TaskContract]
public interface IPriceLists
{
    [Task(TimeLimit = "10m"), Idempotent]
    Task<long> LoadAsync(string supplier, string file, CancellationToken cancellationToken = default);
}

public sealed class PriceListWorker(NpgsqlDataSource source) : IPriceLists
{
    public async Task<long> LoadAsync(string supplier, string file, CancellationToken cancellationToken)
    {
        await using NpgsqlConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using NpgsqlBinaryImporter importer = await {|TT411:connection.BeginBinaryImportAsync(
            "COPY supplier_prices (supplier, article, price, currency) FROM STDIN (FORMAT BINARY)", cancellationToken)|};
        await foreach (string line in File.ReadLinesAsync(file, cancellationToken))
        {
            if (line.Length == 0 || line.StartsWith('#'))
            {
                continue;
            }

            SupplierPrice price = SupplierPrice.Parse(line);
            await importer.StartRowAsync(cancellationToken);
            await importer.WriteAsync(supplier, cancellationToken);
            await importer.WriteAsync(price.Article, cancellationToken);
            await importer.WriteAsync(price.Price, cancellationToken);
            await importer.WriteAsync(price.Currency, cancellationToken);
        }

        return (long)await importer.CompleteAsync(cancellationToken);
    }
}
