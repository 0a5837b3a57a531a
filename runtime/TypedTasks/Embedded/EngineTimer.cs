namespace TypedTasks.Embedded;

/// <summary>The engine's only timer, armed for the next time at which something may be due. Firing too early is harmless; firing too late is not.</summary>
internal sealed class EngineTimer : IAsyncDisposable
{
    // Timers take at most some 49 days; a day is as good, for whoever is called too early arms it again.
    private static readonly long Longest = TimeSpan.FromDays(1).Ticks;

    private readonly Lock _gate = new();
    private readonly EngineClock _clock;
    private readonly Action _onDue;
    private readonly ITimer _timer;
    private long _armedFor = long.MaxValue;
    private bool _disposed;

    public EngineTimer(TimeProvider time, EngineClock clock, Action onDue)
    {
        _clock = clock;
        _onDue = onDue;
        _timer = time.CreateTimer(static state => ((EngineTimer)state!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Makes sure that the timer fires at <paramref name="due"/> at the latest. Costs one comparison where it is armed for an earlier time.</summary>
    public void Request(long due)
    {
        if (due < Volatile.Read(ref _armedFor))
        {
            Arm(due);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _disposed = true;
        }

        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    private void Arm(long due)
    {
        lock (_gate)
        {
            if (due >= _armedFor || _disposed)
            {
                return;
            }

            Volatile.Write(ref _armedFor, due);
            long wait = Math.Clamp(due - _clock.Now, 0, Longest);

            // Whole milliseconds, rounded up: the system's timers would cut them off and fire early.
            long milliseconds = (wait + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
            _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
        }
    }

    private void Fire()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            Volatile.Write(ref _armedFor, long.MaxValue);
        }

        _onDue();
    }
}
