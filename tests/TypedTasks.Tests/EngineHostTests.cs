using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>The start of the engine, which may be under way when the host ends.</summary>
public sealed class EngineHostTests
{
    [Fact]
    public async Task A_start_that_is_under_way_when_the_host_ends_says_what_became_of_it()
    {
        var time = new VirtualTime();
        var engine = new SlowEngine(time.CreateEngine());
        var host = new EngineHost(engine, [], time);
        Task starting = host.StartAsync(CancellationToken.None).AsTask();

        await host.DisposeAsync();
        engine.Started.SetException(new TaskEngineException("The engine is stopped."));

        await Assert.ThrowsAsync<TaskEngineException>(() => starting);
    }

    /// <summary>An engine whose start ends when the test says so.</summary>
    private sealed class SlowEngine(ITaskEngine inner) : ForwardingEngine(inner)
    {
        internal TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => await Started.Task;
    }
}
