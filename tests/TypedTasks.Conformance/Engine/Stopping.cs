using TypedTasks.Engine;
using Xunit;

namespace TypedTasks.Conformance.Engine;

/// <summary>Disposing of an engine: everybody who waits gets an end, and a typed one.</summary>
public abstract class Stopping<TEngine> : EngineBehaviour<TEngine>
    where TEngine : EngineUnderTest, new()
{
    [Fact]
    public async Task A_stopped_engine_rejects_tasks()
    {
        await Soon(Engine.DisposeAsync());

        TaskRejectedException rejected = await Assert.ThrowsAsync<TaskRejectedException>(() => Soon(TryPublishAsync("a")));

        Assert.Equal(TaskRejection.Stopped, rejected.Reason);
    }

    [Fact]
    public async Task Stopping_twice_is_harmless()
    {
        await Soon(Engine.DisposeAsync());
        await Soon(Engine.DisposeAsync());
    }

    [Fact]
    public async Task Stopping_from_many_sides_at_once_is_harmless()
    {
        await using ILaneConsumer consumer = await ConsumeAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Soon(Engine.DisposeAsync()))));
    }

    [Fact]
    public async Task A_waiting_consumer_ends_with_zero()
    {
        ILaneConsumer consumer = await ConsumeAsync();
        Task<int> receiving = consumer.ReceiveAsync(new Delivery[1], Cancellation).AsTask();

        await Soon(Engine.DisposeAsync());

        Assert.Equal(0, await Soon(receiving));
    }

    [Fact]
    public async Task Who_waits_for_an_outcome_gets_a_typed_end()
    {
        await PublishAsync("a");
        Task<TaskStatusReport> waiting = Engine.Outcomes.WaitAsync(IdOf("a"), Cancellation).AsTask();

        await Soon(Engine.DisposeAsync());

        await Assert.ThrowsAsync<TaskEngineException>(() => Soon(waiting));
    }

    [Fact]
    public async Task A_stopped_engine_answers_typed()
    {
        await Soon(Engine.DisposeAsync());

        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Outcomes.GetAsync(TaskId.New(), Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.State.GetAsync("key", Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Administration.GetStatisticsAsync(Lane, Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Administration.PauseAsync(Lane.Queue, Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Administration.ListLanesAsync(Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Broadcast.PublishAsync("channel", Bytes("message"), Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.Broadcast.SubscribeAsync("channel", _ => { }, Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await Engine.StartAsync([Lane], Cancellation));
        await Assert.ThrowsAsync<TaskEngineException>(async () => await ConsumeAsync());
        await Assert.ThrowsAsync<TaskEngineException>(DeadLettersAsync);
    }

    [Fact]
    public async Task A_consumer_that_is_opened_while_the_engine_stops_ends_too()
    {
        Task<ILaneConsumer>[] opening = [.. Enumerable.Range(0, 64).Select(_ => Task.Run(() => ConsumeAsync().AsTask()))];
        await Soon(Task.WhenAny(opening));

        await Soon(Engine.DisposeAsync());

        foreach (Task<ILaneConsumer> one in opening)
        {
            try
            {
                ILaneConsumer consumer = await Soon(one);
                Assert.Equal(0, await Soon(consumer.ReceiveAsync(new Delivery[1], Cancellation)));
            }
            catch (TaskEngineException)
            {
                // It was too late, and is told so.
            }
        }
    }
}
