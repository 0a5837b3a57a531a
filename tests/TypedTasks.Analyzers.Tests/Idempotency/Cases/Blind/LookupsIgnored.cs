// Rows in bulk; those that are there already are ignored.
using System.Data;
using Dapper;

[TaskContract]
public interface ILookups
{
    [Task, Idempotent]
    Task TakeAsync(Guid[] lookups);

    [Task, Idempotent]
    Task TakeIntoSqliteAsync(Guid[] lookups);

    [Task, Idempotent]
    Task TakeBlindlyAsync(Guid[] lookups);
}

public sealed class LookupWorker(IDbConnection connection) : ILookups
{
    private const string Columns = "(id, source)";

    public Task TakeAsync(Guid[] lookups) => connection.ExecuteAsync(
        $"INSERT INTO lookups {Columns} SELECT unnest(@lookups), 'web' ON CONFLICT (id) DO NOTHING", new { lookups });

    public Task TakeIntoSqliteAsync(Guid[] lookups) =>
        connection.ExecuteAsync("INSERT OR IGNORE INTO lookups " + Columns + " VALUES (@id, 'web')", lookups.Select(id => new { id }));

    public Task TakeBlindlyAsync(Guid[] lookups) =>
        {|TT420:connection.ExecuteAsync("INSERT INTO lookup_log " + Columns + " VALUES (@id, 'web')", lookups.Select(id => new { id }))|};
}
