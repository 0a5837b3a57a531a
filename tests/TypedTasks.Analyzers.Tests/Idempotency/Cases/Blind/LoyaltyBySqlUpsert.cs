// The stand of a member is written with the message's version; what is older changes nothing.
using System.Data;
using Dapper;

[TaskContract]
public interface IMemberStands
{
    [Task, Idempotent]
    Task StoreAsync(Guid member, int stand, long version, CancellationToken cancellationToken = default);
}

public sealed class MemberStandWorker(IDbConnection connection) : IMemberStands
{
    public async Task StoreAsync(Guid member, int stand, long version, CancellationToken cancellationToken)
    {
        const string Sql = """
            INSERT INTO member_stands AS m (member_id, stand, version)
            VALUES (@member, @stand, @version)
            ON CONFLICT (member_id) DO UPDATE
               SET stand = EXCLUDED.stand, version = EXCLUDED.version
             WHERE m.version < EXCLUDED.version
            """;
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { member, stand, version }, cancellationToken: cancellationToken));
    }
}
