using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Administration: what an operator sees is so, and what he does takes effect.</summary>
public abstract class Administration<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task The_statistics_count_tasks_where_they_are()
    {
        await PublishAsync("running", "dead", "ready 1", "ready 2");
        await Soon(TryPublishAsync("delayed", Subject.Time.GetUtcNow() + TimeSpan.FromMinutes(1)));
        await using ILaneConsumer consumer = await ConsumeAsync();
        List<Delivery> deliveries = await ReceiveAsync(consumer, 2);
        await SettleAsync(consumer, DeadLetter(deliveries.Single(delivery => LabelOf(delivery) == "dead")));

        LaneStatistics statistics = await StatisticsAsync();

        Assert.Equal(2, statistics.Ready);
        Assert.Equal(1, statistics.Delayed);
        Assert.Equal(1, statistics.InFlight);
        Assert.Equal(1, statistics.DeadLetters);
        Assert.False(statistics.IsPaused);
    }

    [Fact]
    public async Task What_a_worker_handed_back_is_ready_and_not_delayed()
    {
        await PublishAsync("handed back");
        await using (ILaneConsumer consumer = await ConsumeAsync())
        {
            await SettleAsync(consumer, Release(await ReceiveAsync(consumer)));
        }

        LaneStatistics statistics = await StatisticsAsync();

        Assert.Equal((1, 0, 0), (statistics.Ready, statistics.Delayed, statistics.InFlight));
    }

    [Fact]
    public async Task The_oldest_ready_task_has_an_age_where_the_engine_knows_it()
    {
        DateTimeOffset before = Subject.Time.GetUtcNow();
        await PublishAsync("old");
        DateTimeOffset after = Subject.Time.GetUtcNow();
        await Subject.AdvanceAsync(TimeSpan.FromSeconds(1));
        await PublishAsync("young");

        LaneStatistics statistics = await StatisticsAsync();

        if (statistics.OldestReadyAt is { } oldest)
        {
            Assert.InRange(oldest, before - TimeSpan.FromMilliseconds(50), after + TimeSpan.FromMilliseconds(50));
        }
    }

    [Fact]
    public async Task The_lanes_that_exist_are_listed()
    {
        Assert.Contains(Lane, await Soon(Engine.Administration.ListLanesAsync(Cancellation)));
    }

    [Fact]
    public async Task A_lane_that_does_not_exist_is_empty()
    {
        Assert.Equal(default, await Soon(Engine.Administration.GetStatisticsAsync(NewLane(), Cancellation)));
    }

    [Fact]
    public async Task Nothing_can_be_done_in_a_lane_that_does_not_exist_and_asking_makes_none()
    {
        Lane nowhere = NewLane();

        Assert.Equal(0, await Soon(Engine.Administration.PurgeAsync(nowhere, Cancellation)));
        Assert.False(await Soon(Engine.Administration.RequeueDeadLetterAsync(nowhere, TaskId.New(), Cancellation)));
        Assert.False(await Soon(Engine.Administration.DeleteDeadLetterAsync(nowhere, TaskId.New(), Cancellation)));
        await foreach (StoredDeadLetter letter in Engine.Administration.ListDeadLettersAsync(nowhere, Cancellation))
        {
            Assert.Fail($"There is {letter.Id}.");
        }

        await Soon(Engine.Administration.PauseAsync(nowhere.Queue, Cancellation));
        Assert.True((await Soon(Engine.Administration.GetStatisticsAsync(nowhere, Cancellation))).IsPaused);
        await Soon(Engine.Administration.ResumeAsync(nowhere.Queue, Cancellation));
        Assert.Equal(new LaneStatistics(), await Soon(Engine.Administration.GetStatisticsAsync(nowhere, Cancellation)));
        Assert.DoesNotContain(nowhere, await Soon(Engine.Administration.ListLanesAsync(Cancellation)));
    }

    [Fact]
    public async Task A_dead_letter_that_is_requeued_into_a_paused_queue_waits()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        await SettleAsync(consumer, DeadLetter(await ReceiveAsync(consumer)));
        await Soon(Engine.Administration.PauseAsync(Lane.Queue, Cancellation));

        Assert.True(await Soon(Engine.Administration.RequeueDeadLetterAsync(Lane, IdOf("a"), Cancellation)));
        await ReceiveNothingAsync(consumer);
        await Soon(Engine.Administration.ResumeAsync(Lane.Queue, Cancellation));

        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task A_paused_queue_delivers_nothing_until_it_is_resumed()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();
        await Soon(Engine.Administration.PauseAsync(Lane.Queue, Cancellation));
        Assert.True((await StatisticsAsync()).IsPaused);
        await PublishAsync("a");
        await ReceiveNothingAsync(consumer);
        Task<Delivery> receiving = ReceiveAsync(consumer);

        await Soon(Engine.Administration.ResumeAsync(Lane.Queue, Cancellation));

        Assert.Equal("a", LabelOf(await Soon(receiving)));
        Assert.False((await StatisticsAsync()).IsPaused);
    }

    [Fact]
    public async Task Pausing_lets_what_runs_go_on()
    {
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();
        Delivery delivery = await ReceiveAsync(consumer);

        await Soon(Engine.Administration.PauseAsync(Lane.Queue, Cancellation));

        Assert.Equal(SettleStatus.Done, await RenewAsync(consumer, delivery));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(delivery)));
        await Soon(Engine.Administration.ResumeAsync(Lane.Queue, Cancellation));
    }

    [Fact]
    public async Task Pausing_and_resuming_twice_is_harmless()
    {
        await Soon(Engine.Administration.PauseAsync(Lane.Queue, Cancellation));
        await Soon(Engine.Administration.PauseAsync(Lane.Queue, Cancellation));
        await Soon(Engine.Administration.ResumeAsync(Lane.Queue, Cancellation));
        await Soon(Engine.Administration.ResumeAsync(Lane.Queue, Cancellation));
        await PublishAsync("a");
        await using ILaneConsumer consumer = await ConsumeAsync();

        Assert.Equal("a", LabelOf(await ReceiveAsync(consumer)));
    }

    [Fact]
    public async Task Purging_deletes_what_waits_and_spares_what_runs_and_what_is_dead()
    {
        await PublishAsync("running", "dead", "ready");
        await Soon(TryPublishAsync("delayed", Subject.Time.GetUtcNow() + TimeSpan.FromMinutes(1)));
        await using ILaneConsumer consumer = await ConsumeAsync();
        Dictionary<string, Delivery> deliveries = (await ReceiveAsync(consumer, 2)).ToDictionary(LabelOf);
        await SettleAsync(consumer, DeadLetter(deliveries["dead"]));
        Task<TaskStatusReport> waiting = Engine.Outcomes.WaitAsync(IdOf("ready"), Cancellation).AsTask();

        Assert.Equal(2, await Soon(Engine.Administration.PurgeAsync(Lane, Cancellation)));

        LaneStatistics statistics = await StatisticsAsync();
        Assert.Equal((0, 0, 1, 1), (statistics.Ready, statistics.Delayed, statistics.InFlight, statistics.DeadLetters));
        Assert.Equal(SettleStatus.Done, await SettleAsync(consumer, Complete(deliveries["running"])));
        Assert.Equal(TaskState.Unknown, (await Soon(waiting)).State);
        Assert.Equal(0, await Soon(Engine.Administration.PurgeAsync(Lane, Cancellation)));
    }
}
