using System.Data;
using Dapper;

[TaskContract]
public interface IAudit
{
    [Task, Idempotent]
    Task RecordAsync(Guid orderId, string what);
}

public sealed class AuditWorker(IDbConnection connection) : IAudit
{
    public async Task RecordAsync(Guid orderId, string what) =>
        await {|TT411:connection.ExecuteAsync("INSERT INTO audit (order_id, what) VALUES (@orderId, @what)", new { orderId, what })|};
}
