// Objects, streams and services, deep within generic payloads.
using System.IO;

namespace Imports;

public sealed record Page<T>(IReadOnlyList<T> Items, int Number);

public sealed record Row(string Name, Dictionary<string, object> {|TT302:Cells|});

public interface IClock
{
    DateTimeOffset Now { get; }
}

[TaskContract]
public interface IImports
{
    [Task, Idempotent]
    Task RowsAsync(Page<Row> page);

    [Task, Idempotent]
    Task FilesAsync(IReadOnlyList<Stream> {|TT302:files|});

    [Task, Idempotent]
    Task<Func<int>> {|TT302:CountAsync|}(string name);

    [Task, Idempotent]
    Task StampAsync(Guid id, IServiceProvider {|TT302:services|});
}
