// Statements as people write them: raw, interpolated, put together of constants, several in one text.
using System.Data;
using Dapper;
using Microsoft.EntityFrameworkCore;

public sealed class StatementContext : DbContext;

[TaskContract]
public interface IMeterStatements
{
    [Task, Idempotent]
    Task SafeAsync(Guid id, int stand);

    [Task, Idempotent]
    Task CountAsync(Guid id, int stand);

    [Task, Idempotent]
    Task LogAsync(Guid id, int stand);
}

public sealed class StatementWorker(IDbConnection connection, StatementContext database) : IMeterStatements
{
    private const string Table = "meters";
    private const string Missing = $"INSERT INTO {Table} (id, stand) SELECT @id, @stand WHERE NOT EXISTS (SELECT 1 FROM {Table} WHERE id = @id)";

    public async Task SafeAsync(Guid id, int stand)
    {
        await connection.ExecuteAsync(Missing, new { id, stand });
        await connection.ExecuteAsync("UPDATE " + Table + " SET stand = @stand WHERE id = @id; DELETE FROM meter_drafts WHERE id = @id", new { id, stand });
        await connection.ExecuteAsync("EXEC refresh_meter @id", new { id });
        await database.Database.ExecuteSqlAsync($"UPDATE meters SET stand = {stand} WHERE id = {id}");
    }

    public async Task CountAsync(Guid id, int stand)
    {
        await {|TT412:database.Database.ExecuteSqlInterpolatedAsync($"UPDATE meters SET stand = stand + {stand} WHERE id = {id}")|};
        await {|TT412:connection.ExecuteAsync(sql: $"""
            UPDATE {Table}
               SET readings = COALESCE(readings, 0) + 1 -- one more
             WHERE id = @id
            """, param: new { id })|};
    }

    public async Task LogAsync(Guid id, int stand)
    {
        int changed = await connection.ExecuteAsync("UPDATE meters SET stand = @stand WHERE id = @id AND stand <> @stand", new { id, stand });
        if (changed > 0)
        {
            await connection.ExecuteAsync("INSERT INTO meter_log (meter, stand) VALUES (@id, @stand)", new { id, stand });
        }
    }
}
