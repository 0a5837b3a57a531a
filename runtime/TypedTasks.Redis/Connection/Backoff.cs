namespace TypedTasks.Redis.Connection;

/// <summary>How long to wait before the next try: nothing before the first, then exponential with full jitter up to a cap, without end.</summary>
internal static class Backoff
{
    internal static TimeSpan Next(int failures, TimeSpan first, TimeSpan cap, Random random)
    {
        if (failures <= 0)
        {
            return TimeSpan.Zero;
        }

        double ceiling = Math.Min(cap.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 30)));
        return TimeSpan.FromMilliseconds(ceiling * ((random.NextDouble() * 0.9) + 0.1));
    }
}
