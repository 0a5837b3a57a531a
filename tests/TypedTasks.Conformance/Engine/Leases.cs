using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Leases: a worker that vanished loses its task to another one, and changes nothing any more.</summary>
public abstract class Leases<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_lease_that_ends_gives_the_task_to_another_worker_as_a_further_attempt_under_a_greater_fence()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery lost = await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();

        await LeaseEndsAsync();

        Delivery delivery = await ReceiveAsync(second);
        Assert.Equal("a", LabelOf(delivery));
        AssertSecond(delivery);
        Assert.True(delivery.Fence > lost.Fence, $"The fence {delivery.Fence} is not greater than {lost.Fence}.");
    }

    [Fact]
    public async Task A_waiting_worker_gets_the_task_whose_lease_ends()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();
        Task<Delivery> receiving = ReceiveAsync(second);

        await LeaseEndsAsync();

        AssertSecond(await Soon(receiving));
    }

    [Fact]
    public async Task Renewing_holds_a_lease()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery held = await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();

        for (int i = 0; i < 6; i++)
        {
            await Subject.AdvanceAsync(Subject.Lease / 2);
            Assert.Equal(SettleStatus.Done, await RenewAsync(first, held));
        }

        await ReceiveNothingAsync(second);
        Assert.Equal(TaskState.Running, await StateAsync("a"));
        Assert.Equal(SettleStatus.Done, await SettleAsync(first, Complete(held)));
    }

    [Fact]
    public async Task A_lease_that_is_not_renewed_any_more_ends()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery held = await ReceiveAsync(first);
        await Subject.AdvanceAsync(Subject.Lease / 2);
        await RenewAsync(first, held);

        await LeaseEndsAsync();

        await using ILaneConsumer second = await ConsumeAsync();
        AssertSecond(await ReceiveAsync(second));
    }

    [Theory]
    [InlineData(SettlementKind.Complete)]
    [InlineData(SettlementKind.Retry)]
    [InlineData(SettlementKind.DeadLetter)]
    [InlineData(SettlementKind.Release)]
    public async Task Settling_without_the_lease_changes_nothing(SettlementKind kind)
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery stale = await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();
        await LeaseEndsAsync();
        Delivery delivery = await ReceiveAsync(second);

        Settlement settlement = kind switch
        {
            SettlementKind.Complete => Complete(stale, "stale"),
            SettlementKind.Retry => Retry(stale),
            SettlementKind.DeadLetter => DeadLetter(stale),
            _ => Release(stale),
        };
        Assert.Equal(SettleStatus.LeaseLost, await SettleAsync(first, settlement));

        Assert.Equal(TaskState.Running, await StateAsync("a"));
        Assert.Empty(await DeadLettersAsync());
        await ReceiveNothingAsync(first);
        Assert.Equal(SettleStatus.Done, await SettleAsync(second, Complete(delivery, "fresh")));
        Assert.Equal(Bytes("fresh"), (await StatusAsync("a")).Outcome.ToArray());
    }

    [Fact]
    public async Task Renewing_without_the_lease_reports_it_and_does_not_take_it_back()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery stale = await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();
        await LeaseEndsAsync();
        Delivery delivery = await ReceiveAsync(second);

        Assert.Equal(SettleStatus.LeaseLost, await RenewAsync(first, stale));

        Assert.Equal(SettleStatus.Done, await SettleAsync(second, Complete(delivery)));
    }

    [Fact]
    public async Task The_envelope_in_a_stale_workers_hands_stays_as_it_was()
    {
        await PublishAsync("a");
        await using ILaneConsumer first = await ConsumeAsync();
        Delivery stale = await ReceiveAsync(first);
        await using ILaneConsumer second = await ConsumeAsync();
        await LeaseEndsAsync();
        await SettleAsync(second, Complete(await ReceiveAsync(second)));
        await PublishAsync("b", "c", "d");
        await ReceiveAsync(second, 3);

        Assert.Equal("a", LabelOf(stale));
        Assert.Equal(1, stale.Attempt);
    }

    [Fact]
    public async Task A_task_whose_workers_keep_vanishing_counts_its_attempts()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        long fence = 0;
        for (int attempt = 1; attempt <= 3; attempt++)
        {
            Delivery delivery = await ReceiveAsync(consumer);
            Assert.Equal(attempt, delivery.Attempt);
            Assert.True(delivery.Fence > fence);
            fence = delivery.Fence;
            await LeaseEndsAsync();
        }
    }

    private void AssertSecond(Delivery delivery) => Assert.InRange(delivery.Attempt, 2, Subject.CountsOnlyWhatArrived ? 2 : 3);
}
