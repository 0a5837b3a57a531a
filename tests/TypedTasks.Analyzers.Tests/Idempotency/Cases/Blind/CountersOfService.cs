// What counts in memory, in the process that happens to run the attempt.
using System.Collections.Concurrent;

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
    private static readonly ConcurrentDictionary<string, long> ByFeature = new();

    public Task UsedAsync(string feature)
    {
        {|TT415:ByFeature.AddOrUpdate(feature, 1, (_, count) => count + 1)|};
        {|TT415:UsageTotals.Calls++|};
        return Task.CompletedTask;
    }
}
