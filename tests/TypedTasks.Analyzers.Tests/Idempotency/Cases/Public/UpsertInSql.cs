// Inserts that cannot make a second row, in the words of several databases.
using System.Data;
using Dapper;

[TaskContract]
public interface ISettingRows
{
    [Task, Idempotent]
    Task SetAsync(Guid tenant, string name, string value);
}

public sealed class SettingRowWorker(IDbConnection connection) : ISettingRows
{
    public async Task SetAsync(Guid tenant, string name, string value)
    {
        await connection.ExecuteAsync("INSERT INTO settings (tenant, name, value) VALUES (@tenant, @name, @value) ON DUPLICATE KEY UPDATE value = @value", new { tenant, name, value });
        await connection.ExecuteAsync("INSERT OR REPLACE INTO settings (tenant, name, value) VALUES (@tenant, @name, @value)", new { tenant, name, value });
        await connection.ExecuteAsync("IF NOT EXISTS (SELECT 1 FROM settings WHERE tenant = @tenant AND name = @name) INSERT INTO settings (tenant, name, value) VALUES (@tenant, @name, @value)", new { tenant, name, value });
        await connection.ExecuteAsync("INSERT INTO settings_log (tenant, name) SELECT @tenant, @name WHERE @name NOT IN (SELECT name FROM settings_log WHERE tenant = @tenant)", new { tenant, name });
        await connection.ExecuteAsync("UPDATE settings SET value = @value, changes = changes + 1, last_value = @value WHERE tenant = @tenant AND name = @name AND value <> @value", new { tenant, name, value });
    }
}
