using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>An engine that waits for nothing lets its clocks rest: only those that tick a few times a second go on.</summary>
public sealed class IdleTests
{
    [Fact]
    public async Task No_fast_timer_runs_while_no_call_waits()
    {
        var time = new CountedTime();
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, time: time);
        await engine.StartAsync([TestLane], CancellationToken.None);

        Assert.True(await UntilAsync(() => time.Fast == 0, TimeSpan.FromSeconds(30)));
        int started = time.FastStarts;
        Assert.Equal(PublishStatus.Accepted, await PublishAsync(engine, TaskId.New()));

        Assert.True(time.FastStarts > started);
        Assert.True(await UntilAsync(() => time.Fast == 0, TimeSpan.FromSeconds(30)));
    }

    /// <summary>The system's time, which knows how many timers tick more often than ten times a second.</summary>
    private sealed class CountedTime : TimeProvider
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
        private int _fast;
        private int _starts;

        public int Fast => Volatile.Read(ref _fast);

        public int FastStarts => Volatile.Read(ref _starts);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Counted(this, System.CreateTimer(callback, state, dueTime, period), period);

        private sealed class Counted : ITimer
        {
            private readonly CountedTime _time;
            private readonly ITimer _timer;
            private bool _isFast;

            public Counted(CountedTime time, ITimer timer, TimeSpan period)
            {
                _time = time;
                _timer = timer;
                Note(period);
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                Note(period);
                return _timer.Change(dueTime, period);
            }

            public void Dispose()
            {
                Note(Timeout.InfiniteTimeSpan);
                _timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Note(Timeout.InfiniteTimeSpan);
                return _timer.DisposeAsync();
            }

            private void Note(TimeSpan period)
            {
                bool isFast = period > TimeSpan.Zero && period < Limit;
                if (Interlocked.Exchange(ref _isFast, isFast) == isFast)
                {
                    return;
                }

                Interlocked.Add(ref _time._fast, isFast ? 1 : -1);
                if (isFast)
                {
                    Interlocked.Increment(ref _time._starts);
                }
            }
        }
    }
}
