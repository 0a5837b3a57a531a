using System.Data;
using System.Data.Common;
using Dapper;

[TaskContract]
public interface IPoints
{
    [Task, Idempotent]
    Task AwardAsync(Guid customer, int points, TaskContext context = null!);
}

public sealed class PointWorker(DbDataSource source) : IPoints
{
    public async Task AwardAsync(Guid customer, int points, TaskContext context)
    {
        await using DbConnection connection = await source.OpenConnectionAsync();
        await using DbTransaction transaction = await connection.BeginTransactionAsync();
        string messageId = context.Id.ToString();
        await {|TT420:connection.ExecuteAsync("INSERT INTO inbox (message_id) VALUES (@messageId)", new { messageId }, transaction)|};
        await connection.ExecuteAsync("UPDATE customers SET points = points + @points WHERE id = @customer", new { customer, points }, transaction);
        await transaction.CommitAsync();
    }
}
