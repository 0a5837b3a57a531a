namespace TypedTasks.Engine;

/// <summary>
/// What TypedTasks asks of a broker, as capabilities: publish, consume lanes under leases, settle, keep outcomes and a small state, broadcast, administer.
/// The embedded engine is the reference; one conformance suite holds every engine to the same behaviour.
/// </summary>
/// <remarks>
/// All members are safe from any thread. No member blocks a thread on I/O, and none calls user code while it holds a lock or reads a socket.
/// An engine never drops a task that it accepted, and never grows without limit: when it is full, publishing waits, then fails typed.
/// </remarks>
public interface ITaskEngine : IAsyncDisposable
{
    /// <summary>The engine's kind, for logs, traces and metrics: <c>embedded</c>, <c>nats</c>, <c>redis</c>.</summary>
    string Name { get; }

    /// <summary>What the engine takes at most.</summary>
    EngineLimits Limits { get; }

    /// <summary>
    /// Connects and makes sure that the lanes exist. Called at the host's start with the lanes of its clients and workers, more than once if need be;
    /// lanes that exist already are checked, not made again.
    /// </summary>
    /// <exception cref="TaskConfigurationException">The engine cannot be used as configured; the message names the setting to change.</exception>
    /// <exception cref="TaskEngineException">The broker cannot be reached, does not answer, or the engine is stopped; calling this again is safe.</exception>
    ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken);

    /// <summary>
    /// Publishes a task: durable, as configured, when this returns. An id is accepted once; publishing it again while the task or its outcome is
    /// known gives <see cref="PublishStatus.Duplicate"/> and changes nothing.
    /// </summary>
    /// <param name="address">Where the task goes, under which id, and from when on it may run.</param>
    /// <param name="envelope">Writes itself, exactly once, before this method first awaits; straight into the connection's buffer where possible.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="TaskRejectedException">Not accepted: full (but for <see cref="TaskAddress.Follows"/>) for as long as the engine is configured to wait, too large, refused, stopped.</exception>
    /// <exception cref="TaskUnconfirmedException">Not known to be accepted. The caller may publish again under the same id.</exception>
    ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource;

    /// <summary>Opens a lane for consumption. Several consumers of one lane share its tasks.</summary>
    ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken);

    /// <summary>The outcomes of tasks.</summary>
    IOutcomeStore Outcomes { get; }

    /// <summary>A small key-value state: idempotency claims, effect records, cancellations, locks.</summary>
    IStateStore State { get; }

    /// <summary>Best-effort messages to every process: progress, cancellation, pause.</summary>
    IBroadcast Broadcast { get; }

    /// <summary>Depths, dead letters, pausing.</summary>
    IEngineAdministration Administration { get; }
}
