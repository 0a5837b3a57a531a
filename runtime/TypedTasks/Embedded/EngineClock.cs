namespace TypedTasks.Embedded;

/// <summary>
/// The engine's two clocks. Leases, time-outs and times to live run on the steady one, which nobody sets; only what a caller gave as a date is compared with the calendar.
/// </summary>
internal sealed class EngineClock
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly long _stampsPerTick;
    private readonly double _ticksPerStamp;

    public EngineClock(TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        long frequency = time.TimestampFrequency;
        _stampsPerTick = frequency % TimeSpan.TicksPerSecond == 0 ? frequency / TimeSpan.TicksPerSecond : 0;
        _ticksPerStamp = (double)TimeSpan.TicksPerSecond / frequency;
    }

    /// <summary>The steady clock: ticks of 100 ns since the engine was made.</summary>
    public long Now
    {
        get
        {
            long stamps = _time.GetTimestamp() - _start;
            return _stampsPerTick switch
            {
                1 => stamps,
                0 => (long)(stamps * _ticksPerStamp),
                _ => stamps / _stampsPerTick,
            };
        }
    }

    /// <summary>The calendar clock.</summary>
    public DateTimeOffset UtcNow => _time.GetUtcNow();

    /// <summary>When, by the steady clock, <paramref name="span"/> has passed; never, for a span too long to add.</summary>
    public static long After(long now, TimeSpan span) => span.Ticks > long.MaxValue - now ? long.MaxValue : now + span.Ticks;
}
