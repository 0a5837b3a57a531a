using System.Collections.Concurrent;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>The system's time, in which nothing that comes back every half second begins before the test says so: the engine's upkeep.</summary>
internal sealed class LateUpkeep : TimeProvider
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentBag<ITimer> _held = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (period != Period)
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }

        ITimer timer = base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _held.Add(timer);
        return timer;
    }

    public void Begin()
    {
        foreach (ITimer timer in _held)
        {
            timer.Change(Period, Period);
        }
    }
}
