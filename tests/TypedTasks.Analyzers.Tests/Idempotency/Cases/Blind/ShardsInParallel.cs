// Shards are cleaned in parallel, each by its own deletion.
using System.Data.Common;

[TaskContract]
public interface IShardCleanup
{
    [Task, Idempotent]
    Task CleanAsync(int days, CancellationToken cancellationToken = default);
}

public sealed class ShardCleanupWorker(IReadOnlyList<DbDataSource> shards) : IShardCleanup
{
    public async Task CleanAsync(int days, CancellationToken cancellationToken) =>
        await Task.WhenAll(shards.Select(shard => CleanAsync(shard, days, cancellationToken)));

    private static async Task CleanAsync(DbDataSource shard, int days, CancellationToken cancellationToken)
    {
        await using DbCommand command = shard.CreateCommand("DELETE FROM sessions WHERE ended_at < now() - make_interval(days => @days)");
        DbParameter parameter = command.CreateParameter();
        parameter.ParameterName = "days";
        parameter.Value = days;
        command.Parameters.Add(parameter);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
