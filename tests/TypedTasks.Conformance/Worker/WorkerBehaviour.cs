using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Conformance.Engine;
using TypedTasks.Engine;
using TypedTasks.Testing;
using Xunit;

namespace TypedTasks.Conformance.Worker;

/// <summary>
/// The ground on which the worker's promises stand: real workers and a real client around the engine under test, each with its own way to it, which can be cut.
/// An engine runs these with the same <see cref="EngineUnderTest"/> as the engine's own behaviours, and one empty class for each.
/// </summary>
public abstract class WorkerBehaviour<TEngine> : IAsyncLifetime
    where TEngine : EngineUnderTest, new()
{
    /// <summary>No step takes as long as this; real time, not the engine's.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);

    private readonly List<WorkerHost> _hosts = [];
    private ITaskEngine _broker = null!;

    protected TEngine Subject { get; } = new();

    /// <summary>The engine, with nothing going wrong.</summary>
    protected ITaskEngine Engine { get; private set; } = null!;

    protected Stage Stage { get; private set; } = null!;

    protected ITaskClient<IProbe> Client => Producer.Client;

    /// <summary>A host that only produces, with a way to the engine of its own.</summary>
    protected WorkerHost Producer { get; private set; } = null!;

    protected virtual EngineSetup Setup => new();

    /// <summary>Where outcomes go that the engine does not take, in hosts and client alike.</summary>
    protected virtual ILargeOutcomeStore? LargeOutcomes => null;

    /// <summary>The lane of the contract's tasks.</summary>
    protected static Lane Lane => ProbeTasks.RunArguments.Task.Lane;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>The lease of the workers: the engine's, or the shortest that a worker may have.</summary>
    protected TimeSpan Lease => Subject.Lease > ShortestLease ? Subject.Lease : ShortestLease;

    protected DateTimeOffset Now => Subject.Time.GetUtcNow();

    public async ValueTask InitializeAsync()
    {
        _broker = await Subject.CreateAsync(Setup);
        Engine = new LaneIsolation(_broker, $"t{Guid.NewGuid():N}"[..20]);
        Stage = new Stage(Subject.Time);
        Producer = await StartProducerAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        foreach (WorkerHost host in _hosts)
        {
            host.Faults.Clear();
            await StopAsync(host);
            await host.DisposeAsync();
        }

        await Subject.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts a worker: a host of its own.</summary>
    protected Task<WorkerHost> StartWorkerAsync(Action<WorkerOptions>? configure = null, Action<TypedTasksBuilder>? also = null) => StartHostAsync(tasks =>
    {
        tasks.AddWorker<IProbe, ProbeHandler>(options =>
        {
            options.Concurrency = 4;
            options.Lifetime = ServiceLifetime.Singleton;
            options.Lease = Lease;
            options.CancellationGrace = TimeSpan.FromSeconds(1);
            options.ShutdownGrace = TimeSpan.FromSeconds(2);
            configure?.Invoke(options);
        });
        also?.Invoke(tasks);
    });

    /// <summary>Starts a host that only produces, with a way to the engine of its own.</summary>
    protected Task<WorkerHost> StartProducerAsync() => StartHostAsync(tasks => tasks.AddClient<IProbe>());

    /// <summary>A step that ends, be it that time has to pass, or the test fails.</summary>
    protected async Task<T> Soon<T>(Task<T> step)
    {
        await Soon((Task)step);
        return await step;
    }

    protected Task<T> Soon<T>(ValueTask<T> step) => Soon(step.AsTask());

    protected async Task Soon(Task step)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await Subject.UntilAsync(step, patience.Token);
        }
        catch when (step.IsCompleted)
        {
        }

        await step;
    }

    /// <summary>The task ends without a result.</summary>
    protected async Task<TaskFailedException> FailsAsync<T>(TaskHandle<T> task) =>
        await Assert.ThrowsAsync<TaskFailedException>(() => Soon(task.ResultAsync(Cancellation)));

    /// <summary>Lets time pass in small steps until the engine says so.</summary>
    protected async Task UntilStateAsync<T>(TaskHandle<T> task, TaskState state)
    {
        long start = Environment.TickCount64;
        while (await task.StateAsync(Cancellation) != state)
        {
            Assert.True(Environment.TickCount64 - start < Patience.TotalMilliseconds, $"The task is {await task.StateAsync(Cancellation)}, not {state}.");
            await Subject.QuietAsync();
        }
    }

    /// <summary>Lets time pass in small steps until it is so.</summary>
    protected async Task UntilAsync(Func<bool> condition, string what)
    {
        for (long start = Environment.TickCount64; !condition(); await Subject.QuietAsync())
        {
            Assert.True(Environment.TickCount64 - start < Patience.TotalMilliseconds, $"Waited in vain for {what}.");
        }
    }

    protected async Task<List<StoredDeadLetter>> DeadLettersAsync()
    {
        List<StoredDeadLetter> letters = [];
        await foreach (StoredDeadLetter letter in Engine.Administration.ListDeadLettersAsync(Lane, Cancellation))
        {
            letters.Add(letter);
        }

        return letters;
    }

    /// <summary>The only dead letter, once there is one: its outcome may be seen before it is listed.</summary>
    protected async Task<StoredDeadLetter> OneDeadLetterAsync()
    {
        List<StoredDeadLetter> letters = await DeadLettersAsync();
        for (long start = Environment.TickCount64; letters.Count == 0 && Environment.TickCount64 - start < Patience.TotalMilliseconds; letters = await DeadLettersAsync())
        {
            await Subject.QuietAsync();
        }

        return Assert.Single(letters);
    }

    protected async Task StopAsync(WorkerHost host) => await Soon(host.StopAsync());

    private async Task<WorkerHost> StartHostAsync(Action<TypedTasksBuilder> configure)
    {
        var host = new WorkerHost(new FaultyEngine(Engine, Subject.Time, ownsInner: false), tasks =>
        {
            Subject.Configure(tasks);
            tasks.Services.AddSingleton(Stage);
            if (LargeOutcomes is { } store)
            {
                tasks.UseLargeOutcomes(store);
            }

            configure(tasks);
        });
        _hosts.Add(host);
        await Soon(host.StartAsync());
        return host;
    }
}

/// <summary>A host of a test, and its way to the engine.</summary>
public sealed class WorkerHost : IAsyncDisposable
{
    private readonly FaultyEngine _engine;
    private readonly ServiceProvider _services;

    internal WorkerHost(FaultyEngine engine, Action<TypedTasksBuilder> configure)
    {
        _engine = engine;
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks =>
        {
            tasks.UseEngine("under-test", _ => engine);
            configure(tasks);
        });
        _services = services.BuildServiceProvider(validateScopes: true);
    }

    public EngineFaults Faults => _engine.Faults;

    public ITaskClient<IProbe> Client => _services.GetRequiredService<ITaskClient<IProbe>>();

    public ITaskCanvas Canvas => _services.GetRequiredService<ITaskCanvas>();

    public ITaskAdmin Admin => _services.GetRequiredService<ITaskAdmin>();

    public Task<int> DropLeasesAsync() => _engine.DropLeasesAsync(TestContext.Current.CancellationToken);

    public async Task StopAsync(CancellationToken giveUp = default)
    {
        foreach (IHostedService service in _services.GetServices<IHostedService>())
        {
            await service.StopAsync(giveUp);
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    internal async Task StartAsync()
    {
        foreach (IHostedService service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(TestContext.Current.CancellationToken);
        }
    }
}
