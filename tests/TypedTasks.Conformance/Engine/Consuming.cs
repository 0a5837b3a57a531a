using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Consuming: as much as was asked for, shared without overlap, and given back when the consumer stops.</summary>
public abstract class Consuming<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task No_more_is_received_than_was_asked_for()
    {
        await PublishAsync("1", "2", "3", "4", "5");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Delivery[] room = new Delivery[3];
        int received = await Soon(consumer.ReceiveAsync(room.AsMemory(0, 2), Cancellation));

        Assert.InRange(received, 1, 2);
        Assert.Null(room[2]);
    }

    [Fact]
    public async Task A_waiting_consumer_gets_what_is_published_later()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();
        Task<Delivery> receiving = ReceiveAsync(consumer);

        await PublishAsync("a");

        Assert.Equal("a", LabelOf(await Soon(receiving)));
    }

    [Fact]
    public async Task Whoever_receives_while_tasks_keep_coming_is_not_told_that_none_will_come()
    {
        const int Tasks = 2_000;
        await using ILaneConsumer consumer = await ConsumeAsync(prefetch: 200);
        Task publishing = Task.WhenAll(Enumerable.Range(0, Tasks).Chunk(Tasks / 4).Select(chunk => Task.Run(() => PublishAsync([.. chunk.Select(number => $"task {number}")]))));

        // One by one, so that there is always something that came between two calls. Receiving checks that it is never none.
        for (int received = 0; received < Tasks; received++)
        {
            await SettleAsync(consumer, Complete(await ReceiveAsync(consumer)));
        }

        await Soon(publishing);
    }

    [Fact]
    public async Task A_first_delivery_is_the_first_attempt()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal(1, (await ReceiveAsync(consumer)).Attempt);
    }

    [Fact]
    public async Task Consumers_of_a_lane_share_its_tasks_without_overlap()
    {
        const int Tasks = 300;
        HashSet<string> seen = [];
        int left = Tasks;
        TaskCompletionSource finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ILaneConsumer[] consumers = [await ConsumeAsync(), await ConsumeAsync(prefetch: 4), await ConsumeAsync()];

        Task working = Task.WhenAll(consumers.Select(WorkAsync));
        await PublishAsync([.. Enumerable.Range(0, Tasks).Select(number => $"task {number}")]);
        await Soon(finished.Task);
        foreach (ILaneConsumer consumer in consumers)
        {
            await consumer.StopAsync(Cancellation);
        }

        await Soon(working);
        Assert.Equal(Tasks, seen.Count);

        async Task WorkAsync(ILaneConsumer consumer)
        {
            Delivery[] room = new Delivery[7];
            int received;
            while ((received = await consumer.ReceiveAsync(room, Cancellation)) > 0)
            {
                foreach (Delivery delivery in room.AsMemory(0, received).ToArray())
                {
                    lock (seen)
                    {
                        Assert.True(seen.Add(LabelOf(delivery)), $"{LabelOf(delivery)} was delivered twice.");
                    }

                    Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
                    if (Interlocked.Decrement(ref left) == 0)
                    {
                        finished.SetResult();
                    }
                }
            }
        }
    }

    [Fact]
    public async Task Stopping_ends_a_wait_with_zero()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();
        Task<int> receiving = consumer.ReceiveAsync(new Delivery[1], Cancellation).AsTask();

        await Soon(consumer.StopAsync(Cancellation));

        Assert.Equal(0, await Soon(receiving));
    }

    [Fact]
    public async Task A_stopped_consumer_receives_nothing_and_may_be_stopped_again()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();
        await Soon(consumer.StopAsync(Cancellation));
        await Soon(consumer.StopAsync(Cancellation));
        await PublishAsync("a");

        Assert.Equal(0, await Soon(consumer.ReceiveAsync(new Delivery[1], Cancellation)));

        await using ILaneConsumer other = await ConsumeAsync();
        Assert.Equal("a", LabelOf(await ReceiveAsync(other)));
    }

    [Fact]
    public async Task Stopping_hands_back_what_was_fetched_ahead()
    {
        await PublishAsync("1", "2", "3", "4");
        await using ILaneConsumer consumer = await ConsumeAsync(prefetch: 8);
        await ReceiveAsync(consumer);

        await Soon(consumer.StopAsync(Cancellation));

        await using ILaneConsumer other = await ConsumeAsync();
        List<Delivery> rest = await ReceiveAsync(other, 3);
        Assert.Equal(["2", "3", "4"], rest.Select(LabelOf).Order());
        Assert.All(rest, delivery => Assert.Equal(1, delivery.Attempt));
    }

    [Fact]
    public async Task What_is_in_hand_can_be_renewed_and_settled_after_stopping()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery delivery = await ReceiveAsync(consumer);
        await Soon(consumer.StopAsync(Cancellation));

        Assert.Equal(SettleStatus.Done, await RenewAsync(consumer, delivery));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
        Assert.Equal(TaskState.Succeeded, await StateAsync("a"));
    }

    [Fact]
    public async Task A_cancelled_wait_loses_no_task()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();
        await ReceiveNothingAsync(consumer);

        await PublishAsync("a");

        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
    }
}
