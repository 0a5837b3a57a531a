// Totals in static state, in the ways that people write them.
using System.Collections.Concurrent;

public static class ImportTotals
{
    private static readonly object Gate = new();
    private static readonly Dictionary<string, int> ByKind = [];

    public static decimal Sum { get; private set; }

    public static void Count(string kind)
    {
        lock (Gate)
        {
            ByKind[kind] = ByKind.GetValueOrDefault(kind) + 1;
        }
    }

    public static void Add(decimal amount)
    {
        lock (Gate)
        {
            Sum += amount;
        }
    }
}

[TaskContract]
public interface IImportTotals
{
    [Task, Idempotent]
    Task CountAsync(string kind);

    [Task, Idempotent]
    Task SumAsync(decimal amount);

    [Task, Idempotent]
    Task RememberAsync(Guid import);
}

public sealed class ImportTotalWorker : IImportTotals
{
    private static readonly ConcurrentQueue<Guid> Imports = new();
    private static readonly ConcurrentDictionary<Guid, bool> Known = new();

    public Task CountAsync(string kind)
    {
        {|TT415:ImportTotals.Count(kind)|};
        return Task.CompletedTask;
    }

    public Task SumAsync(decimal amount)
    {
        {|TT415:ImportTotals.Add(amount)|};
        return Task.CompletedTask;
    }

    public Task RememberAsync(Guid import)
    {
        Known.TryAdd(import, true);
        Known[import] = true;
        {|TT415:Imports.Enqueue(import)|};
        return Task.CompletedTask;
    }
}
