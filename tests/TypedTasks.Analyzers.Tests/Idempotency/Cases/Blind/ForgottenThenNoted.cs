// A person is deleted from every table; that this was done is a line of a log, each time.
using System.Data;
using System.Data.Common;

public sealed class Eraser(DbConnection connection)
{
    public async Task<int> RunAsync(string sql, Guid person, CancellationToken cancellationToken)
    {
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = "person";
        parameter.Value = person;
        command.Parameters.Add(parameter);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

[TaskContract]
public interface IErasures
{
    [Task, Idempotent]
    Task EraseAsync(Guid person, CancellationToken cancellationToken = default);
}

public sealed class ErasureWorker(Eraser eraser) : IErasures
{
    public async Task EraseAsync(Guid person, CancellationToken cancellationToken)
    {
        await eraser.RunAsync("DELETE FROM addresses WHERE person = @person", person, cancellationToken);
        await eraser.RunAsync("UPDATE orders SET buyer = NULL, note = '' WHERE buyer = @person", person, cancellationToken);
        await {|TT411:eraser.RunAsync("INSERT INTO erasure_log (person, erased_at) VALUES (@person, now())", person, cancellationToken)|};
    }
}
