using TypedTasks.Engine;
using static TypedTasks.Embedded.Tests.TestEngine;

namespace TypedTasks.Embedded.Tests;

/// <summary>What the embedded engine promises beyond the others: an exact order, and exact times.</summary>
public sealed class OrderTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Released_tasks_come_before_those_that_were_never_delivered_and_in_their_order()
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await PublishAsync(engine, 4);
        Delivery[] held = Receive(consumer, 2);

        await consumer.SettleAsync(
            held.Select(delivery => new Settlement { Delivery = delivery, Kind = SettlementKind.Release }).ToArray(), new SettleStatus[2], Cancellation);

        Assert.Equal([0L, 1L, 2L, 3L], Receive(consumer, 4).Select(NumberOf));
    }

    [Fact]
    public async Task Leases_end_in_the_order_of_their_times_over_all_consumers()
    {
        await using TestEngine engine = new();
        ILaneConsumer slow = await engine.ConsumeAsync(TimeSpan.FromSeconds(9));
        ILaneConsumer quick = await engine.ConsumeAsync(TimeSpan.FromSeconds(3));
        await PublishAsync(engine, 4);
        Receive(slow, 2);
        Receive(quick, 2);

        engine.Time.Advance(TimeSpan.FromSeconds(10));

        Delivery[] again = Receive(slow, 4);
        Assert.Equal([2L, 3L, 0L, 1L], again.Select(NumberOf));
        Assert.All(again, delivery => Assert.Equal(2, delivery.Attempt));
    }

    [Fact]
    public async Task A_lease_ends_exactly_at_its_time()
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync(TimeSpan.FromSeconds(3));
        await PublishAsync(engine, 1);
        Receive(consumer, 1);

        engine.Time.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromMilliseconds(1));
        Assert.Empty(Receive(consumer, 1));
        engine.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(2, Receive(consumer, 1)[0].Attempt);
    }

    [Fact]
    public async Task Equal_times_are_served_in_the_order_of_publishing()
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync();
        DateTimeOffset due = engine.Time.UtcNow + TimeSpan.FromSeconds(1);
        for (int number = 0; number < 50; number++)
        {
            await engine.PublishAsync(number, due);
        }

        engine.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Enumerable.Range(0, 50).Select(number => (long)number), Receive(consumer, 50).Select(NumberOf));
    }

    [Fact]
    public async Task A_delay_in_ticks_is_not_early_by_one()
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0, engine.Time.UtcNow + TimeSpan.FromTicks(15_001));

        engine.Time.Advance(TimeSpan.FromTicks(15_000));
        Assert.Empty(Receive(consumer, 1));
        engine.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Single(Receive(consumer, 1));
    }

    [Fact]
    public async Task A_retry_waits_for_its_time_whatever_the_calendar_says()
    {
        SetCalendar time = new();
        await using EmbeddedEngine engine = new(new EmbeddedEngineOptions { Resume = new InlineScheduler().Schedule }, time);
        ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), Cancellation);
        await engine.PublishAsync(new TaskAddress(TestLane, Id(0), default), new NumberEnvelope(0), Cancellation);
        Settle(consumer, new Settlement { Delivery = Receive(consumer, 1)[0], Kind = SettlementKind.Retry, Id = Id(0), Delay = TimeSpan.FromSeconds(5) });

        time.By = TimeSpan.FromHours(-1);
        time.Clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Empty(Receive(consumer, 1));
        time.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, Receive(consumer, 1).Single().Attempt);
    }

    [Fact]
    public async Task A_date_that_the_calendar_is_set_to_is_noticed_within_a_minute()
    {
        SetCalendar time = new();
        await using EmbeddedEngine engine = new(new EmbeddedEngineOptions { Resume = new InlineScheduler().Schedule }, time);
        ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), Cancellation);
        await engine.PublishAsync(new TaskAddress(TestLane, Id(0), time.GetUtcNow() + TimeSpan.FromHours(1)), new NumberEnvelope(0), Cancellation);

        time.By = TimeSpan.FromHours(1);
        time.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Single(Receive(consumer, 1));
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(-1L)]
    public async Task A_retry_may_wait_for_any_time(long ticks)
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await PublishAsync(engine, 1);

        Settlement retry = new() { Delivery = Receive(consumer, 1)[0], Kind = SettlementKind.Retry, Id = Id(0), Delay = TimeSpan.FromTicks(ticks) };
        Assert.Equal(SettleStatus.Done, Settle(consumer, retry));

        engine.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ticks < 0 ? 1 : 0, Receive(consumer, 1).Length);
    }

    [Fact]
    public async Task A_delay_of_months_is_kept()
    {
        await using TestEngine engine = new();
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0, engine.Time.UtcNow + TimeSpan.FromDays(100));

        engine.Time.Advance(TimeSpan.FromDays(100) - TimeSpan.FromSeconds(1));
        Assert.Empty(Receive(consumer, 1));
        engine.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Single(Receive(consumer, 1));
    }

    [Fact]
    public async Task A_consumer_is_woken_only_while_it_waits_and_once_for_what_it_then_takes()
    {
        int resumed = 0;
        Queue<IThreadPoolWorkItem> waiting = new();
        EmbeddedEngineOptions options = new()
        {
            Resume = item =>
            {
                resumed++;
                waiting.Enqueue(item);
            },
        };
        await using EmbeddedEngine engine = new(options, TimeProvider.System);
        ILaneConsumer consumer = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), Cancellation);
        ValueTask<int> receiving = consumer.ReceiveAsync(new Delivery[8], Cancellation);
        for (int number = 0; number < 5; number++)
        {
            await engine.PublishAsync(new TaskAddress(TestLane, Id(number), default), new NumberEnvelope(number), Cancellation);
        }

        Assert.Equal(1, resumed);
        waiting.Dequeue().Execute();

        Assert.Equal(5, await receiving);
        await engine.PublishAsync(new TaskAddress(TestLane, Id(5), default), new NumberEnvelope(5), Cancellation);
        Assert.Equal(1, resumed);
    }

    [Fact]
    public async Task A_woken_consumer_that_was_stopped_passes_the_wake_on()
    {
        Queue<IThreadPoolWorkItem> waiting = new();
        await using EmbeddedEngine engine = new(new EmbeddedEngineOptions { Resume = waiting.Enqueue }, TimeProvider.System);
        ILaneConsumer first = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), Cancellation);
        ILaneConsumer second = await engine.ConsumeAsync(TestLane, new LaneConsumerOptions(), Cancellation);
        ValueTask<int> stopped = first.ReceiveAsync(new Delivery[1], Cancellation);
        ValueTask<int> receiving = second.ReceiveAsync(new Delivery[1], Cancellation);
        await engine.PublishAsync(new TaskAddress(TestLane, Id(0), default), new NumberEnvelope(0), Cancellation);

        await first.StopAsync(Cancellation);
        while (waiting.TryDequeue(out IThreadPoolWorkItem? item))
        {
            item.Execute();
        }

        Assert.True(stopped.IsCompleted);
        Assert.True(receiving.IsCompleted);
        Assert.Equal(0, await stopped);
        Assert.Equal(1, await receiving);
    }

    [Fact]
    public async Task With_deliveries_that_are_not_reused_settling_twice_is_safe_whatever_came_between()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { ReuseDeliveries = false });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await PublishAsync(engine, 1);
        Delivery first = Receive(consumer, 1)[0];
        Settlement retry = new() { Delivery = first, Kind = SettlementKind.Retry, Id = Id(0) };
        Assert.Equal(SettleStatus.Done, Settle(consumer, retry));
        Delivery second = Receive(consumer, 1)[0];

        Assert.Equal(SettleStatus.LeaseLost, Settle(consumer, retry));

        Assert.NotSame(first, second);
        Assert.Equal(SettleStatus.Done, Settle(consumer, Complete(second)));
    }

    private static async Task PublishAsync(TestEngine engine, int count)
    {
        for (int number = 0; number < count; number++)
        {
            await engine.PublishAsync(number);
        }
    }

    /// <summary>Virtual time whose calendar somebody sets.</summary>
    private sealed class SetCalendar : TimeProvider
    {
        public Testing.VirtualTime Clock { get; } = new();

        public TimeSpan By { get; set; }

        public override long TimestampFrequency => Clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Clock.GetUtcNow() + By;

        public override long GetTimestamp() => Clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            Clock.CreateTimer(callback, state, dueTime, period);
    }
}
