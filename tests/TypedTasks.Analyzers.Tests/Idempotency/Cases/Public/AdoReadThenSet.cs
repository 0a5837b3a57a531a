// Read with a reader, decided in code, and written as it is to be.
using System.Data.Common;

[TaskContract]
public interface IGracePeriods
{
    [Task, Idempotent]
    Task<int> ExpireAsync(int minutes, CancellationToken cancellationToken = default);
}

public sealed class GracePeriodWorker(DbDataSource source) : IGracePeriods
{
    public async Task<int> ExpireAsync(int minutes, CancellationToken cancellationToken)
    {
        List<int> ids = [];
        await using (DbCommand command = source.CreateCommand("""SELECT "Id" FROM orders WHERE "Status" = 'Submitted'"""))
        await using (DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken))
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                ids.Add(reader.GetInt32(0));
            }
        }

        foreach (int id in ids)
        {
            await using DbCommand expire = source.CreateCommand("""UPDATE orders SET "Status" = 'Expired', "ExpiredAt" = now() WHERE "Id" = $1 AND "Status" = 'Submitted'""");
            expire.Parameters.Add(id);
            await expire.ExecuteNonQueryAsync(cancellationToken);
        }

        return ids.Count;
    }
}
