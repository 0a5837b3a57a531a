// One object for all tasks: a field that a helper of the handler writes, and a property.
namespace Imports;

[TaskContract]
public interface IImports
{
    [Task, Idempotent] Task ImportAsync(string[] lines);

    [Task, Idempotent] Task CloseAsync(string name);
}

public class ImportWorker : IImports
{
    private string? _current;

    public string Last { get; private set; } = "";

    public async Task ImportAsync(string[] lines)
    {
        foreach (string line in lines)
        {
            {|TT514:_current = line|};
            await Console.Out.WriteLineAsync(_current);
        }
    }

    public async Task CloseAsync(string name)
    {
        await Console.Out.WriteLineAsync(Last);
        {|TT514:Last = name|};
    }
}

public static class Module
{
    public static TypedTasksBuilder AddImports(this TypedTasksBuilder tasks) => tasks.AddWorker<IImports, ImportWorker>(configure: options =>
    {
        options.Concurrency = 4;
        options.Lifetime = ServiceLifetime.Singleton;
    });
}
