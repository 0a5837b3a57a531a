// A service that counts in memory, registered once for the process.
using System.Collections.Concurrent;

public sealed class UsageCounter
{
    private readonly ConcurrentDictionary<string, long> _counts = new();

    public void Add(string feature) => _counts.AddOrUpdate(feature, 1, (_, count) => count + 1);

    public long Of(string feature) => _counts.GetValueOrDefault(feature);
}

public static class UsageTotals
{
    public static long Calls;
}

[TaskContract]
public interface IUsage
{
    [Task, Idempotent]
    Task UsedAsync(string feature);
}

public sealed class UsageWorker : IUsage
{
    private static readonly UsageCounter Counter = new();

    public Task UsedAsync(string feature)
    {
        {|TT415:Counter.Add(feature)|};
        {|TT415:UsageTotals.Calls++|};
        return Task.CompletedTask;
    }
}
