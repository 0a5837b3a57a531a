using System.Data;
using Dapper;

public interface ISqlCatalogue
{
    string this[string name] { get; }
}

[TaskContract]
public interface IMaintenance
{
    [Task, Idempotent]
    Task RunAsync(string name);
}

public sealed class MaintenanceWorker(IDbConnection connection, ISqlCatalogue statements) : IMaintenance
{
    public async Task RunAsync(string name)
    {
        await connection.ExecuteAsync(statements[name]);
        await connection.ExecuteAsync("sp_refresh_totals");
        await connection.ExecuteAsync("DELETE FROM totals WHERE name = @name", new { name });
    }
}
