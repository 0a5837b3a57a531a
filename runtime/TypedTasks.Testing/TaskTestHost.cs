using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TypedTasks.Engine;
using TypedTasks.Worker;

namespace TypedTasks.Testing;

/// <summary>
/// A whole TypedTasks in a test: the embedded engine, real workers and real clients, in virtual time. Days of retries, delays and leases pass in microseconds, and
/// the same test always sees the same times.
/// </summary>
/// <example>
/// <code>
/// await using var host = await TaskTestHost.StartAsync(tasks =&gt; tasks
///     .AddClient&lt;IInvoices&gt;()
///     .AddWorker&lt;IInvoices, InvoiceWorker&gt;());
///
/// TaskHandle&lt;InvoiceId&gt; task = await host.Client&lt;IInvoices&gt;().GenerateAsync(orderId, 129.90m);
/// await host.DrainAsync();                                         // runs what is ready
/// Assert.Equal(TaskState.Retrying, await task.StateAsync());       // the first attempt failed
/// await host.AdvanceAsync(TimeSpan.FromMinutes(5));                // its back-off passes, and it runs again
/// Assert.Equal(42, (await task.ResultAsync()).Number);
/// </code>
/// </example>
public sealed class TaskTestHost : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ServiceProvider _services;
    private readonly IReadOnlyCollection<Lane> _lanes;
    private readonly SemaphoreSlim _changed = new(0);
    private IReadOnlyList<IHostedService> _running = [];

    private TaskTestHost(ServiceProvider services, VirtualTime time, FaultyEngine engine)
    {
        _services = services;
        Time = time;
        Engine = engine;
        _lanes = [.. services.GetServices<WorkerRegistration>().SelectMany(worker => worker.Lanes).Select(lane => lane.Lane).Distinct()];
        engine.Changed += () => _changed.Release();
    }

    /// <summary>The time in which the host lives.</summary>
    public VirtualTime Time { get; }

    /// <summary>The engine. Let it go wrong by its <see cref="FaultyEngine.Faults"/>; ask its <see cref="FaultyEngine.Administration"/> for dead letters and depths.</summary>
    public FaultyEngine Engine { get; }

    /// <summary>The host's services: whatever the configuration registered.</summary>
    public IServiceProvider Services => _services;

    /// <summary>Starts a host. The engine and the time are there already: register clients, workers, and by <see cref="TypedTasksBuilder.Services"/> what handlers need.</summary>
    /// <param name="configure">Registers clients and workers.</param>
    /// <param name="time">The time to live in, shared with another host; a new one when null.</param>
    /// <exception cref="TaskConfigurationException">Something is registered wrongly.</exception>
    public static async Task<TaskTestHost> StartAsync(Action<TypedTasksBuilder> configure, VirtualTime? time = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        time ??= new VirtualTime();
        var engine = new FaultyEngine(time.CreateEngine(), time);
        var services = new ServiceCollection();
        services.AddTypedTasks(tasks => configure(tasks.UseVirtualTime(time).UseEngine("embedded", _ => engine)));
        var host = new TaskTestHost(services.BuildServiceProvider(validateScopes: true), time, engine);
        try
        {
            await host.StartAsync().ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The client of a contract that was added by <see cref="TypedTasksBuilder.AddClient{TContract}"/>.</summary>
    /// <exception cref="InvalidOperationException">It was not added.</exception>
    public ITaskClient<TContract> Client<TContract>()
        where TContract : class => _services.GetService<ITaskClient<TContract>>() ??
        throw new InvalidOperationException($"The host has no client of '{typeof(TContract).Name}': call AddClient<{typeof(TContract).Name}>() where it is started.");

    /// <summary>Enqueues chains and groups.</summary>
    public ITaskCanvas Canvas => _services.GetRequiredService<ITaskCanvas>();

    /// <summary>
    /// Runs until nothing is ready or running in the lanes of this host's workers. Tasks that wait for their time stay: let it pass by <see cref="AdvanceAsync"/>.
    /// Those of a paused queue stay, too.
    /// </summary>
    /// <exception cref="TimeoutException">Something still runs after 30 seconds of real time: perhaps a handler that waits for virtual time to pass.</exception>
    public async Task DrainAsync(CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            do
            {
                while (await FindBusyAsync(patience.Token).ConfigureAwait(false) is not null)
                {
                    await _changed.WaitAsync(patience.Token).ConfigureAwait(false);
                }

                await Time.CalmAsync(patience.Token).ConfigureAwait(false);
            }
            while (await FindBusyAsync(patience.Token).ConfigureAwait(false) is not null); // What awaited a result, or another host, may have enqueued while this one calmed.
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"After {Patience.TotalSeconds} seconds there is still something to do: {await FindBusyAsync(cancellationToken).ConfigureAwait(false)}. A handler that waits for time needs AdvanceAsync.");
        }
    }

    /// <summary>Lets virtual time pass from timer to timer, and lets the workers do at each what there is to do.</summary>
    public Task AdvanceAsync(TimeSpan span, CancellationToken cancellationToken = default) => Time.AdvanceAsync(span, cancellationToken);

    /// <summary>The dead letters of a task's lane, oldest first.</summary>
    public async Task<IReadOnlyList<StoredDeadLetter>> DeadLettersAsync(TaskDescriptor task, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        List<StoredDeadLetter> letters = [];
        await foreach (StoredDeadLetter letter in Engine.Administration.ListDeadLettersAsync(task.Lane, cancellationToken).ConfigureAwait(false))
        {
            letters.Add(letter);
        }

        return letters;
    }

    /// <summary>Stops the workers as a host does: running handlers finish, or are told to when the grace period ends. Virtual time passes as far as that takes.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        Task stopping = Task.WhenAll(_running.Select(service => service.StopAsync(cancellationToken)));
        _running = [];
        await Time.AdvanceUntilAsync(stopping, cancellationToken).ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
    }

    /// <summary>Stops the workers and disposes of the host.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        await _services.DisposeAsync().ConfigureAwait(false);
    }

    private async Task StartAsync()
    {
        List<IHostedService> running = [];
        _running = running;
        foreach (IHostedService service in _services.GetServices<IHostedService>())
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
            running.Add(service);
        }
    }

    private async Task<string?> FindBusyAsync(CancellationToken cancellationToken)
    {
        foreach (Lane lane in _lanes)
        {
            LaneStatistics holds = await Engine.Administration.GetStatisticsAsync(lane, cancellationToken).ConfigureAwait(false);
            if (holds.InFlight > 0 || (holds.Ready > 0 && !holds.IsPaused))
            {
                return $"the lane {lane} has {holds.Ready} tasks ready and {holds.InFlight} running";
            }
        }

        return null;
    }
}
