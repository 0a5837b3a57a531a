using TypedTasks.Engine;

namespace TypedTasks.Embedded;

/// <summary>
/// The engine that needs no server: tasks, outcomes and state live in this process's memory, bounded, and end with it. It is the reference of what
/// <see cref="ITaskEngine"/> promises, and quick and exact enough to test and to simulate with: all time comes from the <see cref="TimeProvider"/>,
/// it has no thread of its own, and nothing in it is random.
/// </summary>
/// <remarks>
/// One lock guards all tasks. What happens under it is short and bounded, a batch takes it once, and who waits is resumed outside of it.
/// Lanes are made as they are named, at <see cref="StartAsync"/> or later.
/// </remarks>
public sealed partial class EmbeddedEngine : ITaskEngine
{
    private readonly EngineClock _clock;
    private readonly EngineTimer _timer;
    private readonly LaneMap _lanes;
    private readonly EmbeddedState _state;
    private readonly EmbeddedBroadcast _broadcast = new();

    /// <summary>Makes an engine.</summary>
    /// <param name="options">Its bounds.</param>
    /// <param name="timeProvider">Its clock and timers.</param>
    /// <exception cref="TaskConfigurationException">At least one option cannot be; the message names each.</exception>
    public EmbeddedEngine(EmbeddedEngineOptions options, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(timeProvider);
        options.Validate();
        Options = options;
        _clock = new EngineClock(timeProvider);
        _timer = new EngineTimer(timeProvider, _clock, Sweep);
        _lanes = new LaneMap(Gate, options.MaxLanes, MakeLane);
        _state = new EmbeddedState(options, _clock, _timer);
        Table = new TaskTable(options, _clock, _lanes) { Timer = _timer };
        Outcomes = new EmbeddedOutcomes(this);
        Administration = new EmbeddedAdministration(this, _lanes);
    }

    /// <inheritdoc/>
    public string Name => "embedded";

    /// <inheritdoc/>
    public EngineLimits Limits => new(Options.MaxEnvelopeLength, Options.MaxOutcomeLength);

    /// <inheritdoc/>
    public IOutcomeStore Outcomes { get; }

    /// <inheritdoc/>
    public IStateStore State => _state;

    /// <inheritdoc/>
    public IBroadcast Broadcast => _broadcast;

    /// <inheritdoc/>
    public IEngineAdministration Administration { get; }

    internal EmbeddedEngineOptions Options { get; }

    /// <summary>Guards <see cref="Table"/>, the lanes, and what waits for them.</summary>
    internal Lock Gate { get; } = new();

    internal TaskTable Table { get; }

    /// <inheritdoc/>
    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        cancellationToken.ThrowIfCancellationRequested();
        lock (Gate)
        {
            ThrowIfStopped();
        }

        foreach (Lane lane in lanes)
        {
            FindOrAddLane(lane);
        }

        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Lease <= TimeSpan.Zero)
        {
            throw new TaskConfigurationException($"{nameof(LaneConsumerOptions)}.{nameof(LaneConsumerOptions.Lease)} is {options.Lease}: it must be positive.");
        }

        EmbeddedConsumer consumer = new(this, FindOrAddLane(lane), options.Lease);
        lock (Gate)
        {
            ThrowIfStopped();

            Table.Add(consumer);
        }

        return new ValueTask<ILaneConsumer>(consumer);
    }

    /// <summary>
    /// Stops the engine: whoever waits gets a typed end (consumers zero, publishers <see cref="TaskRejection.Stopped"/>, the others a
    /// <see cref="TaskEngineException"/>), and what it held is gone. Twice is harmless.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        ResumeList resume = default;
        lock (Gate)
        {
            if (Table.IsStopped)
            {
                return;
            }

            Table.Stop(ref resume);
        }

        _state.Stop();
        _broadcast.Stop();
        resume.Resume(Options.Resume);
        await _timer.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>The lock is held.</summary>
    /// <exception cref="TaskEngineException">The engine is stopped.</exception>
    internal void ThrowIfStopped()
    {
        if (Table.IsStopped)
        {
            throw StoppedFailure();
        }
    }

    internal static TaskEngineException StoppedFailure() => new("The embedded engine is stopped.");

    private EmbeddedLane FindOrAddLane(Lane lane)
    {
        if (string.IsNullOrEmpty(lane.Queue) || string.IsNullOrEmpty(lane.Contract))
        {
            throw new TaskConfigurationException($"A lane needs the names of a queue and a contract; this one is '{lane}'.");
        }

        return _lanes.FindOrAdd(lane) ?? throw new TaskConfigurationException(
            $"The lane {lane} is one more than the embedded engine takes: raise {nameof(EmbeddedEngineOptions)}.{nameof(EmbeddedEngineOptions.MaxLanes)} ({Options.MaxLanes}).");
    }

    // Called with the lock held, by the map of lanes.
    private EmbeddedLane MakeLane(Lane name) => new(name, Options.MaxTasksPerLane, Options.MaxDeadLettersPerLane)
    {
        IsPaused = Table.IsPaused(name.Queue),
    };

    /// <summary>The timer fired: what is due is done in portions, so that nobody waits long for the lock.</summary>
    private void Sweep()
    {
        bool more;
        do
        {
            ResumeList resume = default;
            lock (Gate)
            {
                more = Table.Sweep(ref resume);
            }

            resume.Resume(Options.Resume);
        }
        while (more);

        _state.Sweep();
    }
}
