using TypedTasks.Shared.Cron;

namespace TypedTasks;

/// <summary>A schedule of equal steps since 1970-01-01T00:00:00Z.</summary>
internal sealed record IntervalSchedule : TaskSchedule
{
    private readonly TimeSpan _interval;

    /// <exception cref="ArgumentOutOfRangeException">The interval is shorter than a second, longer than 366 days, or has a part of a millisecond.</exception>
    public IntervalSchedule(TimeSpan interval)
    {
        if (!ScheduleInterval.IsValid(interval.Ticks))
        {
            throw new ArgumentOutOfRangeException(nameof(interval), interval, "The interval of a schedule is from one second to 366 days, in whole milliseconds.");
        }

        _interval = interval;
        Text = $"every {interval:c}";
    }

    public override string Text { get; }

    public override DateTimeOffset? NextAfter(DateTimeOffset instant)
    {
        long since = instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks;
        long steps = since / _interval.Ticks;

        // Division rounds towards 1970, and what is asked for is the step after it.
        steps += since < 0 && since % _interval.Ticks != 0 ? 0 : 1;
        long next = DateTimeOffset.UnixEpoch.Ticks + (steps * _interval.Ticks);
        return next > DateTimeOffset.MaxValue.UtcTicks ? null : new DateTimeOffset(next, TimeSpan.Zero);
    }
}
