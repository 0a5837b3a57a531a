using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Embedded;
using TypedTasks.Engine;
using TypedTasks.Testing;

namespace TypedTasks.Tests;

/// <summary>A start that fails half-way, that is broken off, or that a stop overtakes: no lane stays open that nobody would close.</summary>
public sealed class WorkerStartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly VirtualTime _time = new();

    [Fact]
    public async Task A_start_that_fails_half_way_leaves_no_lane_open_and_can_be_made_again()
    {
        var engine = new SlowToOpen(_time.CreateEngine());
        engine.Opening.Enqueue(Task.CompletedTask);
        engine.Opening.Enqueue(Task.FromException(new TaskEngineException("not now")));
        await using ServiceProvider services = Services(engine);
        IHostedService worker = services.GetServices<IHostedService>().Single();

        await Assert.ThrowsAsync<TaskEngineException>(() => worker.StartAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.Equal((1, 0), (engine.Opened, engine.Open));

        await worker.StartAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(2, engine.Open);
        await worker.StopAsync(CancellationToken.None).WaitAsync(Patience);
        Assert.Equal(0, engine.Open);
    }

    [Fact]
    public async Task A_start_that_is_broken_off_leaves_no_lane_open()
    {
        var engine = new SlowToOpen(_time.CreateEngine());
        engine.Opening.Enqueue(Task.CompletedTask);
        engine.Opening.Enqueue(new TaskCompletionSource().Task);
        await using ServiceProvider services = Services(engine);
        IHostedService worker = services.GetServices<IHostedService>().Single();
        using var broken = new CancellationTokenSource();

        Task starting = worker.StartAsync(broken.Token);
        await broken.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(Patience));
        Assert.Equal((1, 0), (engine.Opened, engine.Open));
    }

    [Fact]
    public async Task A_stop_that_overtakes_the_start_ends_it()
    {
        var engine = new SlowToOpen(_time.CreateEngine());
        engine.Opening.Enqueue(Task.CompletedTask);
        engine.Opening.Enqueue(new TaskCompletionSource().Task);
        await using ServiceProvider services = Services(engine);
        IHostedService worker = services.GetServices<IHostedService>().Single();

        Task starting = worker.StartAsync(CancellationToken.None);
        await worker.StopAsync(CancellationToken.None).WaitAsync(Patience);

        await starting.WaitAsync(Patience);
        Assert.Equal((1, 0), (engine.Opened, engine.Open));
    }

    [Fact]
    public async Task A_worker_that_was_stopped_says_that_it_does_not_start_again()
    {
        var engine = new SlowToOpen(_time.CreateEngine());
        await using ServiceProvider services = Services(engine);
        IHostedService worker = services.GetServices<IHostedService>().Single();
        await worker.StartAsync(CancellationToken.None).WaitAsync(Patience);
        await worker.StopAsync(CancellationToken.None).WaitAsync(Patience);

        await Assert.ThrowsAsync<InvalidOperationException>(() => worker.StartAsync(CancellationToken.None).WaitAsync(Patience));
        Assert.Equal((2, 0), (engine.Opened, engine.Open));
    }

    private ServiceProvider Services(ITaskEngine engine)
    {
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => tasks.UseVirtualTime(_time).UseEngine("slow", _ => engine).AddWorker<ITwoQueues, TwoQueues>());
        return services.BuildServiceProvider();
    }

    /// <summary>Each lane is opened when the test lets it.</summary>
    private sealed class SlowToOpen(ITaskEngine inner) : ForwardingEngine(inner)
    {
        private int _open;

        public Queue<Task> Opening { get; } = new();

        public int Opened { get; private set; }

        public int Open => Volatile.Read(ref _open);

        public override async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken)
        {
            if (Opening.TryDequeue(out Task? opening))
            {
                await opening.WaitAsync(cancellationToken);
            }

            ILaneConsumer consumer = await base.ConsumeAsync(lane, options, cancellationToken);
            Opened++;
            Interlocked.Increment(ref _open);
            return new Counted(this, consumer);
        }

        private sealed class Counted(SlowToOpen engine, ILaneConsumer inner) : ILaneConsumer
        {
            public Lane Lane => inner.Lane;

            public TimeSpan SettlePause => inner.SettlePause;

            public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken) => inner.ReceiveAsync(destination, cancellationToken);

            public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken) =>
                inner.SettleAsync(settlements, statuses, cancellationToken);

            public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken) =>
                inner.RenewAsync(deliveries, statuses, cancellationToken);

            public ValueTask StopAsync(CancellationToken cancellationToken) => inner.StopAsync(cancellationToken);

            public async ValueTask DisposeAsync()
            {
                await inner.DisposeAsync();
                Interlocked.Decrement(ref engine._open);
            }
        }
    }
}

[TaskContract("two-queues")]
public interface ITwoQueues
{
    [Task(Queue = OneQueue)]
    ValueTask OneAsync();

    [Task(Queue = OtherQueue)]
    ValueTask OtherAsync();

    [TaskQueue]
    const string OneQueue = "one";

    [TaskQueue]
    const string OtherQueue = "other";
}

public sealed class TwoQueues : ITwoQueues
{
    public ValueTask OneAsync() => default;

    public ValueTask OtherAsync() => default;
}
