namespace TypedTasks.Shared.Cron;

/// <summary>The fields of the time of day that are written with <c>*</c>, a range or a step, and not as single values.</summary>
[Flags]
internal enum CronIntervals
{
    None = 0,
    Seconds = 1,
    Minutes = 2,
    Hours = 4,
}
