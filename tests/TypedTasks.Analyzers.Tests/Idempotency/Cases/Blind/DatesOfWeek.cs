// A digest is written under the week's name, and set into a table by a key that is made of it.
using System.Globalization;
using System.IO;
using Microsoft.Extensions.Caching.Distributed;

[TaskContract]
public interface IWeeklyDigests
{
    [Task, Idempotent]
    Task WriteAsync(DateOnly day, string text, CancellationToken cancellationToken = default);
}

public sealed class WeeklyDigestWorker(IDistributedCache cache) : IWeeklyDigests
{
    public async Task WriteAsync(DateOnly day, string text, CancellationToken cancellationToken)
    {
        int week = ISOWeek.GetWeekOfYear(day.ToDateTime(TimeOnly.MinValue));
        string name = $"{day.Year}-{week:00}";
        await File.WriteAllTextAsync($"digests/{name}.txt", text, cancellationToken);
        await cache.SetStringAsync($"digest:{name}", text, cancellationToken);
    }
}
