// Statements that find their row or make it, and add to what it has.
using System.Data;
using Dapper;

[TaskContract]
public interface ISalesTotals
{
    [Task, Idempotent]
    Task AddAsync(int product, int quantity);

    [Task, Idempotent]
    Task CountAsync(string page);

    [Task, Idempotent]
    Task TagAsync(int product, string tag);
}

public sealed class SalesTotalWorker(IDbConnection connection) : ISalesTotals
{
    private const string Merge = """
        MERGE INTO sales_totals AS t
        USING (SELECT @product AS product, @quantity AS quantity) AS s ON t.product = s.product
        WHEN MATCHED THEN UPDATE SET t.quantity = t.quantity + s.quantity
        WHEN NOT MATCHED THEN INSERT (product, quantity) VALUES (s.product, s.quantity);
        """;

    public Task AddAsync(int product, int quantity) => {|TT412:connection.ExecuteAsync(Merge, new { product, quantity })|};

    public Task CountAsync(string page) =>
        {|TT412:connection.ExecuteAsync("INSERT INTO page_views (page, views) VALUES (@page, 1) ON DUPLICATE KEY UPDATE views = views + VALUES(views)", new { page })|};

    public Task TagAsync(int product, string tag) =>
        {|TT412:connection.ExecuteAsync("UPDATE products SET tags = array_append(tags, @tag) WHERE id = @product", new { product, tag })|};
}
