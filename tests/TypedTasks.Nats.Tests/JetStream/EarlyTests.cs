using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.Nats.Tests.Faults;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.JetStream;

/// <summary>Tasks that are in a worker's hands before they are due: each is given out at its own time, whatever came after it.</summary>
public sealed class EarlyTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    [Fact]
    public async Task A_task_is_not_held_up_by_one_that_came_after_it_and_is_due_later()
    {
        var time = new Steps();
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        await using NatsEngine engine = NewEngine(server.Port, time: time);
        await engine.StartAsync([TestLane], CancellationToken.None);
        await using ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions { Lease = TimeSpan.FromMinutes(5), Prefetch = 8 }, CancellationToken.None);
        var room = new Delivery[1];
        Task<int> receiving = consumer.ReceiveAsync(room, CancellationToken.None).AsTask();
        DateTimeOffset now = time.GetUtcNow();
        var soon = TaskId.New();
        await PublishAsync(engine, soon, now.AddMilliseconds(300));
        Assert.True(await UntilAsync(() => time.Waits == 1, Patience), "The first task did not come.");
        await PublishAsync(engine, TaskId.New(), now.AddMilliseconds(900));
        Assert.True(await UntilAsync(() => time.Waits == 2, Patience), "The second task did not come.");

        time.Advance(TimeSpan.FromMilliseconds(301));

        Assert.Equal(1, await receiving.WaitAsync(Patience));
        Assert.Equal(soon, ((NatsDelivery)room[0]).TaskId);
    }

    private static ValueTask<PublishStatus> PublishAsync(NatsEngine engine, TaskId id, DateTimeOffset due) =>
        engine.PublishAsync(new TaskAddress(TestLane, id, due) { IsFresh = true }, new Raw("payload"u8.ToArray()), CancellationToken.None);

    /// <summary>A calendar that stands still until it is set forward, and the alarms that are set by it; all else goes by the system's time.</summary>
    private sealed class Steps : TimeProvider
    {
        private readonly ConcurrentBag<Alarm> _alarms = [];
        private DateTimeOffset _now = System.GetUtcNow();
        private int _waits;

        public int Waits => Volatile.Read(ref _waits);

        public override DateTimeOffset GetUtcNow() => _now;

        public void Advance(TimeSpan by)
        {
            _now += by;
            foreach (Alarm alarm in _alarms)
            {
                alarm.RingIfDue();
            }
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan || state is not ILaneConsumer)
            {
                return System.CreateTimer(callback, state, dueTime, period);
            }

            var alarm = new Alarm(this, callback, state);
            _alarms.Add(alarm);
            return alarm;
        }

        private sealed class Alarm(Steps time, TimerCallback callback, object? state) : ITimer
        {
            private DateTimeOffset _due = DateTimeOffset.MaxValue;

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                // A lane's other timer ticks; what it does is not needed here.
                if (period == Timeout.InfiniteTimeSpan)
                {
                    _due = time._now + dueTime;
                    Interlocked.Increment(ref time._waits);
                }

                return true;
            }

            public void RingIfDue()
            {
                if (_due <= time._now)
                {
                    _due = DateTimeOffset.MaxValue;
                    callback(state);
                }
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
