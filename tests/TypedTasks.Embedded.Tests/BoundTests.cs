using TypedTasks.Engine;
using static TypedTasks.Embedded.Tests.TestEngine;

namespace TypedTasks.Embedded.Tests;

/// <summary>Everything is bounded, and what gives way is what was said.</summary>
public sealed class BoundTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dead_letters_beyond_their_room_push_back_on_producers_and_are_all_kept()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxTasksPerLane = 3, MaxDeadLettersPerLane = 1, PublishTimeout = TimeSpan.Zero });
        ILaneConsumer consumer = await engine.ConsumeAsync();

        // One dead letter has room of its own; the next three take that of tasks.
        for (int number = 0; number < 4; number++)
        {
            Assert.Equal(PublishStatus.Accepted, await engine.PublishAsync(number));
            Assert.Equal(SettleStatus.Done, Settle(consumer, DeadLetter(Receive(consumer, 1)[0])));
        }

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(async () => await engine.PublishAsync(4));
        Assert.Equal(TaskRejection.Full, rejected.Reason);
        Assert.Equal(4, (await engine.StatisticsAsync()).DeadLetters);
        Assert.True(await engine.Engine.Administration.DeleteDeadLetterAsync(TestLane, Id(0), Cancellation));
        Assert.Equal(PublishStatus.Accepted, await engine.PublishAsync(4));
    }

    [Fact]
    public async Task A_dead_letter_can_be_requeued_into_a_full_lane()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxTasksPerLane = 1, MaxDeadLettersPerLane = 1, PublishTimeout = TimeSpan.Zero });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0);
        Settle(consumer, DeadLetter(Receive(consumer, 1)[0]));
        await engine.PublishAsync(1);

        Assert.True(await engine.Engine.Administration.RequeueDeadLetterAsync(TestLane, Id(0), Cancellation));

        Assert.Equal([1L, 0L], Receive(consumer, 2).Select(NumberOf));
    }

    [Fact]
    public async Task Beyond_their_number_the_oldest_outcomes_go_first()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxOutcomes = 2 });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        TimeSpan[] keeps = [TimeSpan.FromHours(9), TimeSpan.FromMinutes(1), TimeSpan.FromHours(1)];
        for (int number = 0; number < 3; number++)
        {
            await engine.PublishAsync(number);
            Settle(consumer, Complete(Receive(consumer, 1)[0], keeps[number]));
            engine.Time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(TaskState.Unknown, await engine.StateAsync(0));
        Assert.Equal(TaskState.Succeeded, await engine.StateAsync(1));
        Assert.Equal(TaskState.Succeeded, await engine.StateAsync(2));
    }

    [Fact]
    public async Task Publishers_that_wait_are_served_in_their_order()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxTasksPerLane = 1 });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0);
        Task<PublishStatus>[] waiting = [.. Enumerable.Range(1, 3).Select(number => engine.PublishAsync(number).AsTask())];

        for (int number = 0; number < 3; number++)
        {
            Assert.Equal(number, waiting.Count(wait => wait.IsCompleted));
            Delivery delivery = Receive(consumer, 4).Single();
            Assert.Equal(number, NumberOf(delivery));
            Settle(consumer, Complete(delivery));
        }

        Assert.All(waiting, wait => Assert.Equal(PublishStatus.Accepted, wait.Result));
    }

    [Fact]
    public async Task Of_two_publishers_that_wait_with_one_id_one_is_accepted_and_one_recognised()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxTasksPerLane = 1 });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0);
        Task<PublishStatus> first = engine.PublishAsync(1).AsTask();
        Task<PublishStatus> second = engine.PublishAsync(1).AsTask();

        Settle(consumer, Complete(Receive(consumer, 1)[0]));
        Settle(consumer, Complete(Receive(consumer, 1)[0], TimeSpan.FromMinutes(1)));

        Assert.Equal(PublishStatus.Accepted, await first);
        Assert.Equal(PublishStatus.Duplicate, await second);
        Assert.Empty(Receive(consumer, 1));
    }

    [Fact]
    public async Task No_more_publishers_wait_than_may()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxTasksPerLane = 1, MaxWaitingPublishers = 1 });
        await engine.PublishAsync(0);
        Task<PublishStatus> waiting = engine.PublishAsync(1).AsTask();

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(async () => await engine.PublishAsync(2));

        Assert.Equal(TaskRejection.Full, rejected.Reason);
        Assert.False(waiting.IsCompleted);
        await engine.DisposeAsync();
        Assert.Equal(TaskRejection.Stopped, (await Assert.ThrowsAsync<TaskRejectedException>(() => waiting)).Reason);
    }

    [Fact]
    public async Task A_task_for_one_lane_too_many_is_refused()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxLanes = 1 });
        await engine.PublishAsync(0);

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(async () =>
            await engine.Engine.PublishAsync(new TaskAddress(new Lane("other", "tests"), Id(1), default), new NumberEnvelope(1), Cancellation));

        Assert.Equal(TaskRejection.Refused, rejected.Reason);
        Assert.Contains(nameof(EmbeddedEngineOptions.MaxLanes), rejected.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_state_store_says_so_and_makes_room_when_time_passes()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxStateEntries = 2 });
        await engine.Engine.State.CreateAsync("short", new byte[1], TimeSpan.FromSeconds(1), Cancellation);
        await engine.Engine.State.CreateAsync("long", new byte[1], TimeSpan.FromHours(1), Cancellation);

        TaskEngineException full = await Assert.ThrowsAsync<TaskEngineException>(
            async () => await engine.Engine.State.CreateAsync("third", new byte[1], TimeSpan.FromHours(1), Cancellation));
        Assert.Contains(nameof(EmbeddedEngineOptions.MaxStateEntries), full.Message, StringComparison.Ordinal);
        engine.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.True((await engine.Engine.State.CreateAsync("third", new byte[1], TimeSpan.FromHours(1), Cancellation)).Applied);
    }

    [Fact]
    public async Task An_outcome_beyond_the_limit_is_refused_with_the_whole_batch()
    {
        await using TestEngine engine = new(new EmbeddedEngineOptions { MaxOutcomeLength = 8 });
        ILaneConsumer consumer = await engine.ConsumeAsync();
        await engine.PublishAsync(0);
        Delivery delivery = Receive(consumer, 1)[0];

        Assert.Throws<ArgumentException>(() => Settle(consumer, Complete(delivery) with { Outcome = new byte[9] }));

        Assert.Equal(SettleStatus.Done, Settle(consumer, Complete(delivery)));
    }

    [Fact]
    public void Options_that_cannot_be_are_named_all_at_once()
    {
        TaskConfigurationException wrong = Assert.Throws<TaskConfigurationException>(() => new EmbeddedEngine(
            new EmbeddedEngineOptions { MaxTasksPerLane = 0, MaxOutcomes = -1, PublishTimeout = TimeSpan.FromSeconds(-5) },
            TimeProvider.System));

        Assert.Contains("EmbeddedEngineOptions.MaxTasksPerLane is 0", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("EmbeddedEngineOptions.MaxOutcomes is -1", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("EmbeddedEngineOptions.PublishTimeout", wrong.Message, StringComparison.Ordinal);
    }
}
