namespace TypedTasks.Shared.Cron;

/// <summary>What the interval of a schedule may be, for the compiler and the runtime alike.</summary>
internal static class ScheduleInterval
{
    private const long Least = TimeSpan.TicksPerSecond;
    private const long Most = 366 * TimeSpan.TicksPerDay;

    /// <summary>Whether so many ticks are from one second to 366 days, in whole milliseconds.</summary>
    public static bool IsValid(long ticks) => ticks is >= Least and <= Most && ticks % TimeSpan.TicksPerMillisecond == 0;
}
