using System.Collections.Concurrent;

[TaskContract]
public interface IImports
{
    [Task, Idempotent]
    Task ImportAsync(string file);
}

public sealed class ImportWorker : IImports
{
    private static readonly ConcurrentBag<string> Failed = [];
    private static readonly HashSet<string> Known = [];
    private static int imported;
    private static long bytes;

    public Task ImportAsync(string file)
    {
        {|TT415:imported++|};
        {|TT415:Interlocked.Add(ref bytes, file.Length)|};
        {|TT415:Failed.Add(file)|};
        Known.Add(file);
        int local = 0;
        local++;
        return Task.FromResult(local);
    }
}
