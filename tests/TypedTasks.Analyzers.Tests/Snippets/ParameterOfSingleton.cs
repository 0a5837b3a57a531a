// A primary constructor's parameter that a task writes is a field like any other.
namespace Imports;

[TaskContract]
public interface IImports
{
    [Task, Idempotent] Task ImportAsync(string[] lines);
}

public sealed class ImportWorker(string separator, int line = 0) : IImports
{
    public async Task ImportAsync(string[] lines)
    {
        foreach (string one in lines)
        {
            {|TT514:line += one.Length|};
            await Console.Out.WriteLineAsync($"{line}{separator}{one}");
        }
    }
}

public static class Module
{
    public static void Add(TypedTasksBuilder tasks) => tasks.AddWorker<IImports, ImportWorker>(static worker => worker.Lifetime = ServiceLifetime.Singleton);
}
