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
    }
}
