using System.Collections.Concurrent;
using TypedTasks.Engine;
using TypedTasks.Nats.JetStream;
using TypedTasks.TestServers;
using static TypedTasks.Nats.Tests.Faults.EngineHarness;

namespace TypedTasks.Nats.Tests.Faults;

/// <summary>A worker whose clock is wrong: what it left behind must not keep the others from delivering what is due.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_worker_whose_clock_was_ahead_does_not_hold_delayed_tasks_up_for_good(bool goesOn)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        NatsEngine ahead = NewEngine(server.Port, time: new ClockAhead(TimeSpan.FromHours(1)));
        await using NatsEngine right = NewEngine(server.Port);
        await ahead.StartAsync([TestLane], limit.Token);
        await right.StartAsync([TestLane], limit.Token);
        ILaneConsumer idle = await ahead.ConsumeAsync(TestLane, new LaneConsumerOptions(), limit.Token);
        string key = $"{InternalKeys.Mover(TestLane.Queue)}/{TestLane.Contract}";
        while (await right.State.GetAsync(key, limit.Token) is null)
        {
            await Task.Yield();
        }

        if (!goesOn)
        {
            await idle.DisposeAsync();
            await ahead.DisposeAsync();
        }

        var id = TaskId.New();
        await right.PublishAsync(new TaskAddress(TestLane, id, DateTimeOffset.UtcNow.AddSeconds(2)) { IsFresh = true }, new Raw("payload"u8.ToArray()), limit.Token);
        var runs = new ConcurrentDictionary<TaskId, int>();
        await WorkAsync(right, runs, () => runs.ContainsKey(id), TimeSpan.FromMinutes(1), limit.Token);

        Assert.Equal([id], runs.Keys);
        await idle.DisposeAsync();
        await ahead.DisposeAsync();
    }

    /// <summary>Its tasks are due before the second up to which the mover has looked; and the clock of a machine without a battery begins decades ago.</summary>
    [Theory]
    [InlineData(60)]
    [InlineData(20L * 365 * 24 * 3600)]
    public async Task A_delayed_task_of_a_producer_whose_clock_is_behind_is_late_and_not_lost(long secondsBehind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(110));
        await using NatsServerProcess server = await NatsServerProcess.StartAsync();
        var clock = new ClockAhead(TimeSpan.FromSeconds(-secondsBehind));
        await using NatsEngine behind = NewEngine(server.Port, time: clock);
        await using NatsEngine right = NewEngine(server.Port);
        await right.StartAsync([TestLane], limit.Token);
        await behind.StartAsync([TestLane], limit.Token);
        await using ILaneConsumer working = await right.ConsumeAsync(TestLane, new LaneConsumerOptions(), limit.Token);

        // One that is moved in its time: from then on nobody looks at what lies before.
        await PublishAsync(right, TaskId.New(), DateTimeOffset.UtcNow.AddSeconds(2), limit.Token);
        var room = new Delivery[1];
        Assert.Equal(1, await working.ReceiveAsync(room, limit.Token));

        var id = TaskId.New();
        await PublishAsync(behind, id, clock.GetUtcNow().AddSeconds(2), limit.Token);
        Assert.Equal(1, await working.ReceiveAsync(room, limit.Token));
        Assert.Equal(id, ((NatsDelivery)room[0]).TaskId);
    }

    private static async Task PublishAsync(NatsEngine engine, TaskId id, DateTimeOffset due, CancellationToken cancellationToken) =>
        await engine.PublishAsync(new TaskAddress(TestLane, id, due) { IsFresh = true }, new Raw("payload"u8.ToArray()), cancellationToken);

    /// <summary>The system's time, but for the calendar.</summary>
    private sealed class ClockAhead(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
