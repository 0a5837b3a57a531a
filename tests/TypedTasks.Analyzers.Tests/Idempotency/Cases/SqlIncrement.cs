using System.Data.Common;

[TaskContract]
public interface IPoints
{
    [Task, Idempotent]
    Task AwardAsync(Guid customer, int points, CancellationToken cancellationToken = default);
}

public sealed class PointWorker(DbDataSource source) : IPoints
{
    public async Task AwardAsync(Guid customer, int points, CancellationToken cancellationToken)
    {
        await using DbConnection connection = await source.OpenConnectionAsync(cancellationToken);
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = "UPDATE customers SET points = points + @points WHERE id = @customer";
        Add(command, "@points", points);
        Add(command, "@customer", customer);
        await {|TT412:command.ExecuteNonQueryAsync(cancellationToken)|};
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
