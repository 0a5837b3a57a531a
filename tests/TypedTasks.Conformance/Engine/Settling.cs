using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Settling: each delivery becomes what was said, whatever else is in the batch.</summary>
public abstract class Settling<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_completed_task_leaves_its_lane_for_good()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(await ReceiveAsync(consumer))));

        await LeaseEndsAsync();
        await ReceiveNothingAsync(consumer);
        LaneStatistics statistics = await StatisticsAsync();
        Assert.Equal(0, statistics.Ready + statistics.Delayed + statistics.InFlight + statistics.DeadLetters);
    }

    [Fact]
    public async Task A_retry_is_a_further_attempt_under_a_greater_fence()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery first = await ReceiveAsync(consumer);
        long fence = first.Fence;

        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Retry(first)));

        Delivery second = await ReceiveAsync(consumer);
        Assert.Equal("a", LabelOf(second));
        Assert.Equal(2, second.Attempt);
        Assert.True(second.Fence > fence);
    }

    [Fact]
    public async Task A_retry_that_does_not_count_is_the_same_attempt_under_a_greater_fence()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery first = await ReceiveAsync(consumer);
        long fence = first.Fence;

        await SettleAsync(consumer, Retry(first, uncounted: true));

        Delivery second = await ReceiveAsync(consumer);
        Assert.Equal(1, second.Attempt);
        Assert.True(second.Fence > fence);
    }

    [Fact]
    public async Task A_released_delivery_is_delivered_again_as_if_it_had_not_been_made()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery first = await ReceiveAsync(consumer);
        long fence = first.Fence;

        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Release(first)));

        Delivery second = await ReceiveAsync(consumer);
        Assert.Equal("a", LabelOf(second));
        Assert.Equal(1, second.Attempt);
        Assert.True(second.Fence > fence);
    }

    [Fact]
    public async Task A_dead_letter_is_not_delivered_any_more()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        await SettleAsync(consumer, DeadLetter(await ReceiveAsync(consumer)));

        await LeaseEndsAsync();
        await ReceiveNothingAsync(consumer);
        Assert.Equal(1, (await StatisticsAsync()).DeadLetters);
    }

    [Fact]
    public async Task A_batch_may_settle_each_delivery_in_its_own_way()
    {
        await PublishAsync("complete", "retry", "dead", "release");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Dictionary<string, Delivery> deliveries = (await ReceiveAsync(consumer, 4)).ToDictionary(LabelOf);

        SettleStatus[] statuses = await SettleAllAsync(
            consumer,
            Complete(deliveries["complete"]),
            Retry(deliveries["retry"]),
            DeadLetter(deliveries["dead"]),
            Release(deliveries["release"]));

        Assert.All(statuses, status => Assert.Equal(SettleStatus.Done, status));
        Assert.Equal(TaskState.Succeeded, await StateAsync("complete"));
        Assert.Equal(TaskState.DeadLettered, await StateAsync("dead"));
        Dictionary<string, int> again = (await ReceiveAsync(consumer, 2)).ToDictionary(LabelOf, delivery => delivery.Attempt);
        Assert.Equal(2, again["retry"]);
        Assert.Equal(1, again["release"]);
    }

    [Fact]
    public async Task Each_delivery_of_a_batch_has_its_own_status()
    {
        await PublishAsync("lost");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery lost = await ReceiveAsync(consumer);
        await LeaseEndsAsync();
        await using ILaneConsumer other = await ConsumeAsync();
        await ReceiveAsync(other);
        await PublishAsync("1", "2");
        List<Delivery> held = await ReceiveAsync(consumer, 2);

        SettleStatus[] statuses = await SettleAllAsync(consumer, Complete(held[0]), Complete(lost), Complete(held[1]));

        Assert.Equal([SettleStatus.Done, SettleStatus.LeaseLost, SettleStatus.Done], statuses);
    }

    [Fact]
    public async Task Settling_twice_changes_nothing_the_second_time()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery delivery = await ReceiveAsync(consumer);
        Settlement completed = Complete(delivery, "first");
        Settlement again = Complete(delivery, "second") with { State = TaskState.Failed };
        await SettleAsync(consumer, completed);

        await SettleAsync(consumer, again);

        TaskStatusReport report = await StatusAsync("a");
        Assert.Equal(TaskState.Succeeded, report.State);
        Assert.Equal(Bytes("first"), report.Outcome.ToArray());
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task The_largest_outcome_is_kept()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        byte[] outcome = new byte[Engine.Limits.MaxOutcomeLength];
        outcome[^1] = 42;

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)) with { Outcome = outcome });

        Assert.Equal(outcome, (await StatusAsync("a")).Outcome.ToArray());
    }
}
