// A MERGE of articles and prices: the key is the supplier's own.
using System.Data.Common;

[TaskContract]
public interface IArticleImport
{
    [Task, Idempotent]
    Task MergeAsync(string number, string title, decimal price, CancellationToken cancellationToken = default);
}

public sealed class ArticleImportWorker(DbDataSource source) : IArticleImport
{
    private const string Merge = @"
MERGE INTO dbo.Articles WITH (HOLDLOCK) AS target
USING (SELECT @number AS Number) AS source ON target.Number = source.Number
WHEN MATCHED THEN UPDATE SET Title = @title, Price = @price
WHEN NOT MATCHED THEN INSERT (Number, Title, Price) VALUES (@number, @title, @price);";

    public async Task MergeAsync(string number, string title, decimal price, CancellationToken cancellationToken)
    {
        await using DbCommand command = source.CreateCommand(Merge);
        AddParameter(command, "number", number);
        AddParameter(command, "title", title);
        AddParameter(command, "price", price);
        _ = await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AddParameter(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
