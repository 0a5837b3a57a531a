using TypedTasks.Simulation.Broker;
using TypedTasks.Worker;

namespace TypedTasks.Simulation.World;

/// <summary>
/// A process in the world: a scheduler for its work, a clock that may be off, and a fate: it may be paused, and it may crash, after which nothing of it ever happens.
/// </summary>
internal sealed class SimProcess(SimWorld world, string name, TimeSpan clockSkew, Breakage breakage = Breakage.None) : TimeProvider, IWorkScheduler
{
    internal string Name => name;

    internal bool IsCrashed { get; private set; }

    internal long PausedUntil { get; private set; }

    internal void Crash() => IsCrashed = true;

    /// <summary>Nothing of the process happens for a while, as under SIGSTOP; then all that has piled up.</summary>
    internal void Pause(TimeSpan duration) => PausedUntil = Math.Max(PausedUntil, world.Now + duration.Ticks);

    /// <summary>The dedicated threads of the process's lane, once it has one.</summary>
    internal SimThreads? Threads { get; private set; }

    public IHandlerThreads CreateThreads(Lane lane, int concurrency) => Threads = new SimThreads(world, this, breakage);

    public void Queue(IThreadPoolWorkItem item) => world.Schedule(TimeSpan.Zero, item.Execute, this);

    /// <summary>What the process's clock shows, if nobody has broken it.</summary>
    internal DateTimeOffset Clock => world.UtcNow + clockSkew;

    internal TimeSpan ClockSkew => clockSkew;

    public override DateTimeOffset GetUtcNow() => breakage switch
    {
        Breakage.WorkersClocksStandStill => SimWorld.Epoch,
        Breakage.WorkersClocksRunAhead => Clock + TimeSpan.FromHours(1),
        _ => Clock,
    };

    public override long GetTimestamp() => world.Now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, world, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(SimProcess owner, SimWorld world, TimerCallback callback, object? state) : ITimer
    {
        private SimWorld.Event? _due;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (_isDisposed)
            {
                return false;
            }

            Cancel();
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                _due = world.Schedule(
                    dueTime,
                    () =>
                    {
                        _due = null;
                        callback(state);
                        if (period > TimeSpan.Zero && _due is null)
                        {
                            Change(period, period);
                        }
                    },
                    owner);
            }

            return true;
        }

        public void Dispose()
        {
            _isDisposed = true;
            Cancel();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Cancel()
        {
            if (_due is { } due)
            {
                due.IsCancelled = true;
                _due = null;
            }
        }
    }
}
