using System.Data;
using System.IO;
using Dapper;

// Lines of a file into a table, and a log beside it.
[TaskContract]
public interface IImports
{
    [Task, Idempotent]
    Task ImportAsync(string file);
}

public sealed class ImportWorker(IDbConnection db) : IImports
{
    public async Task ImportAsync(string file)
    {
        foreach (string line in await File.ReadAllLinesAsync(file))
        {
            await {|TT411:AddAsync(line)|};
        }

        await {|TT413:File.AppendAllTextAsync("imports.log", file)|};
    }

    private Task<int> AddAsync(string line) => db.ExecuteAsync("INSERT INTO lines (text) VALUES (@line)", new { line });
}
