// Statements of several databases that leave the same rows behind, however often they run.
using System.Data;
using Dapper;

[TaskContract]
public interface IMasterData
{
    [Task, Idempotent]
    Task StoreAsync(int product, string name, decimal price, long version);

    [Task, Idempotent]
    Task RefreshAsync(string tag, int product);
}

public sealed class MasterDataWorker(IDbConnection connection) : IMasterData
{
    private const string Oracle = """
        MERGE INTO products p USING dual ON (p.id = :product)
        WHEN MATCHED THEN UPDATE SET p.name = :name, p.price = :price
        WHEN NOT MATCHED THEN INSERT (id, name, price) VALUES (:product, :name, :price)
        """;

    private const string Transact = """
        IF NOT EXISTS (SELECT 1 FROM dbo.Products WITH (UPDLOCK, HOLDLOCK) WHERE Id = @product)
            INSERT INTO dbo.Products (Id, Name, Price) VALUES (@product, @name, @price);
        ELSE
            UPDATE dbo.Products SET Name = @name, Price = @price WHERE Id = @product;
        """;

    public async Task StoreAsync(int product, string name, decimal price, long version)
    {
        var row = new { product, name, price, version };
        await connection.ExecuteAsync(Oracle, row);
        await connection.ExecuteAsync(Transact, row);
        await connection.ExecuteAsync("REPLACE INTO products (id, name, price) VALUES (@product, @name, @price)", row);
        await connection.ExecuteAsync("INSERT OR REPLACE INTO products (id, name, price) VALUES (@product, @name, @price)", row);
        await connection.ExecuteAsync(
            """
            INSERT INTO products AS p (id, name, price, version) VALUES (@product, @name, @price, @version)
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, price = excluded.price, version = excluded.version
            WHERE p.version < excluded.version
            """,
            row);
    }

    public async Task RefreshAsync(string tag, int product)
    {
        await connection.ExecuteAsync("REFRESH MATERIALIZED VIEW CONCURRENTLY top_products");
        await connection.ExecuteAsync("UPDATE products SET tags = array_append(tags, @tag) WHERE id = @product AND NOT (tags @> ARRAY[@tag])", new { product, tag });
        await connection.ExecuteAsync("TRUNCATE price_list; INSERT INTO price_list (id, price) SELECT id, price FROM products");
    }
}
