namespace TypedTasks.Shared;

/// <summary>Times as brokers take them: whole milliseconds, rounded so that nothing is early.</summary>
internal static class Milliseconds
{
    /// <summary>The last millisecond of the calendar.</summary>
    internal const long Latest = 253_402_300_799_999;

    private const long Longest = 100L * 365 * 24 * 60 * 60 * 1000;

    /// <summary>A time since 1970; 0 for a time that is over anyway.</summary>
    internal static long Of(DateTimeOffset time)
    {
        long ticks = time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        return ticks <= 0 ? 0 : Math.Min(((ticks - 1) / TimeSpan.TicksPerMillisecond) + 1, Latest);
    }

    /// <summary>A time to live: 0 for none, at least 1 for any, at most a hundred years.</summary>
    internal static long UntilEnd(TimeSpan span) =>
        span <= TimeSpan.Zero ? 0 : Math.Clamp((long)Math.Ceiling(span.TotalMilliseconds), 1, Longest);
}
