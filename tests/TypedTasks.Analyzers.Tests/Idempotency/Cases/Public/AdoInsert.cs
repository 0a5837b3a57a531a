// A row inserted with ADO.NET as it always was: text, parameters, and the database numbers it.
using System.Data;
using System.Data.Common;

[TaskContract]
public interface IReceivedTexts
{
    [Task, Idempotent]
    Task StoreAsync(string text, CancellationToken cancellationToken = default);
}

public sealed class ReceivedTextWorker(DbConnection connection) : IReceivedTexts
{
    public async Task StoreAsync(string text, CancellationToken cancellationToken)
    {
        await connection.OpenAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = @"INSERT INTO [ReceivedTexts] ([Text], [Length]) VALUES (@text, @length)";
        Add(command, "text", text);
        Add(command, "length", text.Length);
        await {|TT411:command.ExecuteNonQueryAsync(cancellationToken)|};
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
