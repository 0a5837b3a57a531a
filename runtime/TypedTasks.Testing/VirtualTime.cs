namespace TypedTasks.Testing;

/// <summary>
/// Time that passes when the test says so. Give it to the engine in place of the system's clock, and days of retries and leases pass in microseconds.
/// </summary>
/// <remarks>
/// It starts on 1 January 2030 at midnight UTC. Timers fire on the thread that advances the time, one after the other, in the order of their due
/// times and, where these are equal, in the order in which they were set; while one fires, the clock shows its due time. A timer that is due at once
/// fires at the next advance, which may be by <see cref="TimeSpan.Zero"/>. Safe from any thread; advances are made one at a time.
/// </remarks>
/// <example>
/// <code>
/// var time = new VirtualTime();
/// await using var engine = new EmbeddedEngine(new EmbeddedEngineOptions(), time);
/// time.Advance(TimeSpan.FromHours(1));
/// </code>
/// </example>
public sealed partial class VirtualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly Lock _advance = new();
    private readonly PriorityQueue<(VirtualTimer Timer, long Version), (DateTimeOffset Due, long Sequence)> _timers = new();
    private DateTimeOffset _now = Start;
    private long _sequence;
    private int _armed;

    /// <summary>When virtual time starts.</summary>
    public static DateTimeOffset Start { get; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The virtual time now.</summary>
    public DateTimeOffset UtcNow
    {
        get
        {
            lock (_gate)
            {
                return _now;
            }
        }
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>When the next timer is due; null where none is set. A test that has nothing else to do advances to it.</summary>
    public DateTimeOffset? NextTimerDue
    {
        get
        {
            lock (_gate)
            {
                return PeekTimer(out (DateTimeOffset Due, long Sequence) key) is null ? null : key.Due;
            }
        }
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => UtcNow;

    /// <inheritdoc/>
    public override long GetTimestamp() => UtcNow.Ticks;

    /// <summary>Lets time pass, and fires the timers that become due.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="span"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">Called by a timer that is firing.</exception>
    public void Advance(TimeSpan span)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(span, TimeSpan.Zero);
        RefuseInsideTimer();
        lock (_advance)
        {
            Run(UtcNow + span);
        }
    }

    /// <summary>Lets time pass until <paramref name="instant"/>, and fires the timers that become due.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="instant"/> has passed already.</exception>
    /// <exception cref="InvalidOperationException">Called by a timer that is firing.</exception>
    public void AdvanceTo(DateTimeOffset instant)
    {
        RefuseInsideTimer();
        lock (_advance)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(instant, UtcNow);
            Run(instant.ToUniversalTime());
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        VirtualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void RefuseInsideTimer()
    {
        if (_advance.IsHeldByCurrentThread)
        {
            throw new InvalidOperationException("A timer that is firing cannot advance the time that fires it.");
        }
    }

    private void Run(DateTimeOffset target)
    {
        while (true)
        {
            VirtualTimer? timer;
            lock (_gate)
            {
                timer = PeekTimer(out (DateTimeOffset Due, long Sequence) key);
                if (timer is null || key.Due > target)
                {
                    _now = target;
                    return;
                }

                _timers.Dequeue();
                _now = key.Due > _now ? key.Due : _now;
                timer.Disarm();
                if (timer.Period is { } period)
                {
                    Arm(timer, period);
                }
            }

            timer.Fire();
        }
    }

    // Items of timers that were changed or disposed stay in the queue until they are met.
    private VirtualTimer? PeekTimer(out (DateTimeOffset Due, long Sequence) key)
    {
        while (_timers.TryPeek(out (VirtualTimer Timer, long Version) item, out key))
        {
            if (item.Timer.IsArmed && item.Timer.Version == item.Version)
            {
                return item.Timer;
            }

            _timers.Dequeue();
        }

        return null;
    }

    private void Arm(VirtualTimer timer, TimeSpan wait)
    {
        timer.Arm();
        _armed++;
        if (_timers.Count > (2 * _armed) + 64)
        {
            Compact();
        }

        DateTimeOffset due = wait > DateTimeOffset.MaxValue - _now ? DateTimeOffset.MaxValue : _now + wait;
        _timers.Enqueue((timer, timer.Version), (due, ++_sequence));
    }

    private void Compact()
    {
        var live = _timers.UnorderedItems.Where(item => item.Element.Timer.IsArmed && item.Element.Timer.Version == item.Element.Version).ToArray();
        _timers.Clear();
        _timers.EnqueueRange(live);
    }

    private sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        private readonly ExecutionContext? _context = ExecutionContext.Capture();
        private bool _disposed;

        public bool IsArmed { get; private set; }

        /// <summary>Changes whenever the timer is set, so that an older setting is recognised.</summary>
        public long Version { get; private set; }

        public TimeSpan? Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Check(dueTime, nameof(dueTime));
            Check(period, nameof(period));
            lock (time._gate)
            {
                if (_disposed)
                {
                    return false;
                }

                Disarm();
                Period = period > TimeSpan.Zero ? period : null;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time.Arm(this, dueTime);
                }

                return true;
            }
        }

        public void Arm()
        {
            IsArmed = true;
            Version++;
        }

        public void Disarm()
        {
            if (IsArmed)
            {
                IsArmed = false;
                time._armed--;
            }
        }

        public void Fire()
        {
            if (_context is null)
            {
                callback(state);
            }
            else
            {
                ExecutionContext.Run(_context, static timer => ((VirtualTimer)timer!).Call(), this);
            }
        }

        public void Dispose()
        {
            lock (time._gate)
            {
                _disposed = true;
                Disarm();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Call() => callback(state);

        private static void Check(TimeSpan span, string name)
        {
            if (span < TimeSpan.Zero && span != Timeout.InfiniteTimeSpan)
            {
                throw new ArgumentOutOfRangeException(name, span, "A timer's time must not be negative, except Timeout.InfiniteTimeSpan.");
            }
        }
    }
}
