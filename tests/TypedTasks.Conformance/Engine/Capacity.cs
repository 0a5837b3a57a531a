using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>A full lane pushes back on producers, and on nobody else.</summary>
public abstract class Capacity<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(2);

    protected override EngineSetup Setup => new() { MaxTasksPerLane = 4, PublishTimeout = Timeout };

    [Fact]
    public async Task A_publisher_waits_while_the_lane_is_full_and_is_then_rejected()
    {
        await FillAsync();
        Task<PublishStatus> publishing = TryPublishAsync("too many").AsTask();
        await Subject.QuietAsync();
        Assert.False(publishing.IsCompleted);

        await Subject.AdvanceAsync(Timeout + Subject.Lateness);

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(() => Soon(publishing));
        Assert.Equal(TaskRejection.Full, rejected.Reason);
        Assert.Equal(IdOf("too many"), rejected.Id);
        Assert.Contains(Lane.Queue, rejected.Message, StringComparison.Ordinal);
        Assert.Contains("holds 4 tasks", rejected.Message, StringComparison.Ordinal);
        Assert.Contains("MaxTasksPer", rejected.Message, StringComparison.Ordinal);
        Assert.Equal(TaskState.Unknown, await StateAsync("too many"));
    }

    [Fact]
    public async Task A_waiting_publisher_goes_on_when_a_task_has_ended()
    {
        await FillAsync();
        Task<PublishStatus> publishing = TryPublishAsync("fifth").AsTask();
        await using ILaneConsumer consumer = await ConsumeAsync();

        await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));

        Assert.Equal(PublishStatus.Accepted, await Soon(publishing));
        List<Delivery> rest = await ReceiveAsync(consumer, 4);
        Assert.Equal(["2", "3", "4", "fifth"], rest.Select(LabelOf));
    }

    [Fact]
    public async Task A_task_that_follows_one_in_hand_is_accepted_by_a_full_lane_once_and_delivered()
    {
        await FillAsync();
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery held = await ReceiveAsync(consumer);
        var address = new TaskAddress(Lane, IdOf("follows"), default) { Follows = true };

        Assert.Equal(PublishStatus.Accepted, await Soon(Engine.PublishAsync(address, new RawEnvelope(Bytes("follows")), Cancellation)));
        Assert.Equal(PublishStatus.Duplicate, await Soon(Engine.PublishAsync(address, new RawEnvelope(Bytes("follows")), Cancellation)));
        Assert.NotEqual(TaskState.Unknown, await StateAsync("follows"));
        await SettleAsync(consumer, Complete(held));

        // Each is settled as it comes: what follows may come seconds later, when the leases of the others would be over.
        List<string> rest = [];
        while (rest.Count < 4)
        {
            Delivery next = await ReceiveAsync(consumer);
            rest.Add(LabelOf(next));
            await SettleAsync(consumer, Complete(next));
        }

        Assert.Equal(["2", "3", "4", "follows"], rest);
    }

    [Fact]
    public async Task A_publisher_that_gives_up_leaves_nothing_behind()
    {
        await FillAsync();
        using CancellationTokenSource gaveUp = new();
        Task<PublishStatus> publishing = Engine.PublishAsync(
            new TaskAddress(Lane, IdOf("given up"), default), new RawEnvelope(Bytes("given up")), gaveUp.Token).AsTask();

        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Soon(publishing));
        await using ILaneConsumer consumer = await ConsumeAsync();
        List<Delivery> deliveries = await ReceiveAsync(consumer, 4);
        await SettleAllAsync(consumer, [.. deliveries.Select(delivery => Complete(delivery))]);
        await ReceiveNothingAsync(consumer);
    }

    [Fact]
    public async Task A_full_lane_still_recognises_an_id()
    {
        await FillAsync();

        Assert.Equal(PublishStatus.Duplicate, await Soon(TryPublishAsync("1")));
    }

    [Fact]
    public async Task Every_way_of_settling_works_in_a_full_lane()
    {
        await FillAsync();
        await using ILaneConsumer consumer = await ConsumeAsync();
        List<Delivery> deliveries = await ReceiveAsync(consumer, 4);
        Task<PublishStatus> publishing = TryPublishAsync("fifth").AsTask();

        SettleStatus[] statuses = await SettleAllAsync(
            consumer,
            Retry(deliveries[0]),
            Release(deliveries[1]),
            DeadLetter(deliveries[2]),
            Complete(deliveries[3]));

        Assert.All(statuses, status => Assert.Equal(SettleStatus.Done, status));
        Assert.Equal(PublishStatus.Accepted, await Soon(publishing));
        List<Delivery> rest = await ReceiveAsync(consumer, 3);
        Assert.Equal(["1", "2", "fifth"], rest.Select(LabelOf).Order());
    }

    private async Task FillAsync()
    {
        Assert.SkipUnless(Subject.HasExactCapacity, "This engine's capacity cannot be set to a few tasks.");
        await PublishAsync("1", "2", "3", "4");
    }
}
