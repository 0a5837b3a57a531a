using System.Data;
using Dapper;

[TaskContract]
public interface IImports
{
    [Task, Idempotent]
    Task ImportAsync(Guid import, int expected);
}

public sealed class ImportWorker(IDbConnection connection) : IImports
{
    public async Task ImportAsync(Guid import, int expected)
    {
        await connection.ExecuteAsync("UPDATE imports SET attempts = attempts + 1, last_attempt = now() WHERE id = @import", new { import });
        await connection.ExecuteAsync("UPDATE imports SET total = total + 1 WHERE id = @import AND row_version = @expected", new { import, expected });
    }
}
