using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Delays: held by the engine, never early, and not a lease.</summary>
public abstract class Delays<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_delayed_task_is_not_delivered_before_its_time()
    {
        TimeSpan delay = TimeSpan.FromSeconds(2);
        await DelayAsync("a", delay);
        await using ILaneConsumer consumer = await ConsumeAsync();

        await ReceiveNothingAsync(consumer);
        Assert.Equal(1, (await StatisticsAsync()).Delayed);
        Task<Delivery> receiving = ReceiveAsync(consumer);
        await Subject.AdvanceAsync(delay + Subject.Lateness);

        Delivery delivery = await Soon(receiving);
        Assert.Equal("a", LabelOf(delivery));
        Assert.Equal(1, delivery.Attempt);
    }

    [Fact]
    public async Task Delayed_tasks_come_in_the_order_of_their_times()
    {
        await DelayAsync("third", TimeSpan.FromSeconds(3));
        await DelayAsync("first", TimeSpan.FromSeconds(1));
        await DelayAsync("second", TimeSpan.FromSeconds(2));
        await using ILaneConsumer consumer = await ConsumeAsync();

        await Subject.AdvanceAsync(TimeSpan.FromSeconds(3) + Subject.Lateness);

        Assert.Equal(["first", "second", "third"], (await ReceiveAsync(consumer, 3)).Select(LabelOf));
    }

    [Fact]
    public async Task A_time_that_has_passed_is_no_delay()
    {
        await DelayAsync("a", -TimeSpan.FromHours(1));
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task A_delayed_task_holds_up_nobody()
    {
        await DelayAsync("later", TimeSpan.FromMinutes(1));
        await PublishAsync("now");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal("now", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task The_ends_of_the_calendar_are_never_and_at_once()
    {
        Assert.Equal(PublishStatus.Accepted, await Soon(TryPublishAsync("never", DateTimeOffset.MaxValue)));
        Assert.Equal(PublishStatus.Accepted, await Soon(TryPublishAsync("at once", DateTimeOffset.MinValue.AddTicks(1))));
        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("never", DateTimeOffset.MaxValue)));
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal("at once", LabelOf(await ReceiveAsync(consumer)));
        await ReceiveNothingAsync(consumer);
        Assert.Equal(1, (await StatisticsAsync()).Delayed);
        Assert.Equal(TaskState.Queued, await StateAsync("never"));
        Assert.Equal(1, await Soon(Engine.Administration.PurgeAsync(Lane, Cancellation)));
        Assert.Equal(TaskState.Unknown, await StateAsync("never"));
    }

    [Fact]
    public async Task A_retry_is_not_delivered_before_its_time()
    {
        TimeSpan delay = TimeSpan.FromSeconds(2);
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, Retry(await ReceiveAsync(consumer), delay));

        await ReceiveNothingAsync(consumer);
        await Subject.AdvanceAsync(delay + Subject.Lateness);

        Assert.Equal(2, (await ReceiveAsync(consumer)).Attempt);
    }

    [Fact]
    public async Task A_delay_longer_than_the_lease_is_no_attempt_and_no_second_delivery()
    {
        TimeSpan delay = 3 * Subject.Lease;
        await DelayAsync("a", delay);
        await using ILaneConsumer consumer = await ConsumeAsync();

        await Subject.AdvanceAsync(delay + Subject.Lateness);

        Assert.Equal(1, (await ReceiveAsync(consumer)).Attempt);
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task An_id_is_accepted_once_while_its_task_is_delayed()
    {
        await DelayAsync("a", TimeSpan.FromMinutes(1));

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("a")));
    }

    private async Task DelayAsync(string label, TimeSpan delay) =>
        Assert.Equal(PublishStatus.Accepted, await Soon(TryPublishAsync(label, Subject.Time.GetUtcNow() + delay)));
}
