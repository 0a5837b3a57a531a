namespace TypedTasks.Tests.Scheduling;

/// <summary>Time zones, which a machine may lack: then the test is skipped.</summary>
internal static class Zones
{
    public static TimeZoneInfo Find(string id)
    {
        Assert.SkipUnless(TimeZoneInfo.TryFindSystemTimeZoneById(id, out TimeZoneInfo? zone), $"This machine does not know the time zone {id}: install tzdata.");
        return zone!;
    }

    /// <summary>The instants of a span at which the zone's offset changes, to the second.</summary>
    public static IEnumerable<DateTimeOffset> ChangesOf(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        for (DateTimeOffset at = from; at < to; at = at.AddHours(1))
        {
            if (zone.GetUtcOffset(at) != zone.GetUtcOffset(at.AddHours(1)))
            {
                int second = 1;
                while (zone.GetUtcOffset(at) == zone.GetUtcOffset(at.AddSeconds(second)))
                {
                    second++;
                }

                yield return at.AddSeconds(second);
            }
        }
    }
}
