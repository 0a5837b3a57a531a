using System.Data;
using Dapper;

[TaskContract]
public interface IAudit
{
    [Task, Idempotent]
    Task RecordAsync(Guid eventId, string what);
}

public sealed class AuditWorker(IDbConnection connection) : IAudit
{
    private const string Sql = """
        INSERT INTO audit (event_id, what)
        VALUES (@eventId, @what)
        ON CONFLICT (event_id) DO NOTHING
        """;

    public async Task RecordAsync(Guid eventId, string what) => await connection.ExecuteAsync(Sql, new { eventId, what });
}
