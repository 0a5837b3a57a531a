using Microsoft.Extensions.DependencyInjection;

namespace TypedTasks;

/// <summary>How the worker of one contract runs. Checked at start, all mistakes at once.</summary>
public sealed class WorkerOptions
{
    private static readonly TimeSpan Unset = TimeSpan.MinValue;
    private static readonly TimeSpan UsualCancellationGrace = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, WorkerQueueOptions> _queues = new(StringComparer.Ordinal);

    /// <summary>Handlers at once for each queue that says nothing else; twice the processors, at least 4, by default.</summary>
    public int Concurrency { get; set; } = Math.Max(4, Environment.ProcessorCount * 2);

    /// <summary>
    /// Deliveries that are fetched ahead of those that run, for each queue that says nothing else; as many as <see cref="Concurrency"/> when null.
    /// They are under lease: few for long tasks, many for short ones, none to fetch only what can run at once.
    /// </summary>
    public int? Prefetch { get; set; }

    /// <summary>The lease of a delivery: how long after its worker's death a task is given to another. Renewed while the handler runs. 2 seconds to 10 minutes.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a handler may go on after its token fired, before its attempt is given up and its slot is used again. 5 seconds, or the <see cref="Lease"/>
    /// where that is shorter; never longer than the lease, for an attempt that lost it goes on beside the one that took it over.
    /// </summary>
    public TimeSpan CancellationGrace
    {
        get => field == Unset ? (Lease < UsualCancellationGrace ? Lease : UsualCancellationGrace) : field;
        set;
    } = Unset;

    /// <summary>
    /// How long running handlers may take to finish when the host stops, before their tokens fire. Up to 24 hours, for leases are renewed meanwhile; the host's
    /// own time-out ends it earlier.
    /// </summary>
    public TimeSpan ShutdownGrace { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>
    /// The handler's lifetime, unless the container already has a registration for it: <see cref="ServiceLifetime.Scoped"/> makes a scope and a handler
    /// for each attempt, <see cref="ServiceLifetime.Singleton"/> one for all, which costs no allocation.
    /// </summary>
    public ServiceLifetime Lifetime { get; set; } = ServiceLifetime.Scoped;

    /// <summary>
    /// Ends the host, after draining, once this worker has settled so many attempts (snoozes and what was handed back do not count); for handlers that leak. 0 never does. What starts the host again is the
    /// supervisor's: systemd, Kubernetes, a service manager.
    /// </summary>
    public long RecycleAfterTasks { get; set; }

    /// <summary>Ends the host, after draining, when the working set of its process has so many bytes; looked at every 5 seconds. 0 never does.</summary>
    public long RecycleAtMemory { get; set; }

    /// <summary>Options of one queue, over those of its declaration and of this worker.</summary>
    /// <param name="name">A queue that the contract's tasks name.</param>
    public WorkerQueueOptions Queue(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_queues.TryGetValue(name, out WorkerQueueOptions? options))
        {
            _queues.Add(name, options = new WorkerQueueOptions());
        }

        return options;
    }

    internal IReadOnlyDictionary<string, WorkerQueueOptions> Queues => _queues;
}

/// <summary>How a worker takes one queue.</summary>
public sealed class WorkerQueueOptions
{
    /// <summary>Handlers at once; null for the queue's declaration, or else the worker's.</summary>
    public int? Concurrency { get; set; }

    /// <summary>Deliveries fetched ahead; null for the queue's declaration, or else the worker's.</summary>
    public int? Prefetch { get; set; }
}
