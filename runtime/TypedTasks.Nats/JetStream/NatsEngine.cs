using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using TypedTasks.Engine;
using TypedTasks.Nats.Authentication;
using TypedTasks.Nats.Connection;

namespace TypedTasks.Nats.JetStream;

/// <summary>
/// The engine on NATS JetStream. Two connections: one publishes, one pulls and settles, for a server stores what it reads while it reads,
/// and acknowledgements behind a burst of publishes would come too late.
/// </summary>
internal sealed partial class NatsEngine : ITaskEngine
{
    /// <summary>What a message may have beside an envelope of the largest size: headers, and the note of a dead letter.</summary>
    public const int MessageOverhead = 1024;

    /// <summary>The longest note of a dead letter.</summary>
    public const int MaxNoteLength = 16 * 1024;

    /// <summary>From here on a server that recovers leaves alone what it was told not to discard (nats-server 4361c67b, "Only drop firstSeq under DiscardOld policy").</summary>
    private static readonly Version LimitsHoldSince = new(2, 10, 6);

    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly ConcurrentDictionary<LaneConsumer, bool> _consumers = new();
    private readonly PublishCallPool _publishes;
    private readonly Topology _topology;
    private readonly NatsEndpoint _firstServer;
    private readonly FenceEpochs _epochs;
    private readonly PauseWatch _pauses;
    private readonly Upkeep _upkeep;
    private bool _isStarted;
    private volatile bool _isStopped;
    private int _disposing;
    private int _laneNumber;

    public NatsEngine(NatsEngineOptions options, TimeProvider time, ILogger logger)
    {
        options.Check();
        Options = options;
        Time = time;
        Logger = logger;
        Names = new Names(options.Prefix, options.Domain);
        ConnectionSettings settings = Settings(options, time);
        _firstServer = settings.Servers[0];
        PublishConnection = new NatsConnection(settings with { Name = options.ConnectionName + " publish" }, logger);
        WorkConnection = new NatsConnection(settings with { Name = options.ConnectionName + " work" }, logger);
        PublishApi = new JetStreamApi(PublishConnection, Names, options.RequestTimeout, time);
        WorkApi = new JetStreamApi(WorkConnection, Names, options.RequestTimeout, time);
        WorkRecords = new RecordStream(WorkApi, Names.TaskStream, Names.Tasks, time, options.MaxRetention);
        TaskSubjectPrefix = Encoding.ASCII.GetBytes(Names.Tasks);
        _topology = new Topology(WorkApi, Names, options);
        Fresh = new FreshTasks(this);
        _publishes = new PublishCallPool(PublishConnection, options, time, Fresh, () => _upkeep!.CleanSoon());
        var broadcast = new NatsBroadcast(this);
        StateRecords = new RecordStream(WorkApi, Names.StateStream, Names.State, time, options.MaxRetention);
        var state = new NatsStateStore(this, StateRecords);
        _epochs = new FenceEpochs(state, broadcast, this);
        _pauses = new PauseWatch(this, state, broadcast);
        _upkeep = new Upkeep(this, state);
        Broadcast = broadcast;
        State = state;
        Outcomes = new NatsOutcomeStore(this);
        Administration = new NatsAdministration(this, _pauses);
        WorkConnection.Connected += _ => _pauses.Refresh();
    }

    /// <inheritdoc/>
    public string Name => "nats";

    /// <inheritdoc/>
    public EngineLimits Limits { get; private set; }

    /// <inheritdoc/>
    public IOutcomeStore Outcomes { get; }

    /// <inheritdoc/>
    public IStateStore State { get; }

    /// <inheritdoc/>
    public IBroadcast Broadcast { get; }

    /// <inheritdoc/>
    public IEngineAdministration Administration { get; }

    public NatsEngineOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public Names Names { get; }

    /// <summary>What publishes.</summary>
    public NatsConnection PublishConnection { get; }

    /// <summary>What pulls, settles and keeps records.</summary>
    public NatsConnection WorkConnection { get; }

    public JetStreamApi PublishApi { get; }

    public JetStreamApi WorkApi { get; }

    /// <summary>What is known of tasks.</summary>
    public RecordStream WorkRecords { get; }

    /// <summary>The key-value state.</summary>
    public RecordStream StateRecords { get; }

    /// <summary>Finds the tasks whose subject does not name them.</summary>
    public FreshTasks Fresh { get; }

    public Topology Topology => _topology;

    public FenceEpochs Epochs => _epochs;

    public byte[] TaskSubjectPrefix { get; }

    public IEnumerable<LaneConsumer> Consumers => _consumers.Keys;

    public bool IsStopped => _isStopped;

    /// <inheritdoc/>
    public async ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken)
    {
        if (_isStopped)
        {
            throw new TaskEngineException("The NATS engine is stopped.");
        }

        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!_isStarted)
            {
                await ConnectAsync(cancellationToken).ConfigureAwait(false);
                await EnsureSharedAsync(cancellationToken).ConfigureAwait(false);
                await _pauses.StartAsync(cancellationToken).ConfigureAwait(false);
                await _epochs.StartAsync().ConfigureAwait(false);
                _upkeep.Start();
                _isStarted = true;
            }

            foreach (Lane lane in lanes)
            {
                if (!_topology.Knows(lane))
                {
                    await _topology.EnsureLaneAsync(lane, cancellationToken).ConfigureAwait(false);
                }
            }
        }
        catch (ApiException error)
        {
            throw new TaskConfigurationException($"The NATS server refused what the engine needs: {error.Message}");
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <inheritdoc/>
    public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
        Failures.TypedAsync(OpenAsync(lane, options, cancellationToken));

    private async ValueTask<ILaneConsumer> OpenAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken)
    {
        ThrowIfNotRunning();
        if (options.Lease < TimeSpan.FromMilliseconds(100))
        {
            throw new TaskConfigurationException($"A lease of {options.Lease} is too short for a broker: at least 100 ms (LaneConsumerOptions.Lease).");
        }

        if (!_topology.Knows(lane))
        {
            await StartAsync([lane], cancellationToken).ConfigureAwait(false);
        }

        LaneNames names = Names.Of(lane);
        (TimeSpan ackWait, LaneState? state) = await _topology.EnsureLeaseAsync(names, options.Lease, cancellationToken).ConfigureAwait(false);
        if (ackWait != options.Lease)
        {
            EngineLog.LeaseDiffers(Logger, lane.ToString(), ackWait, options.Lease);
        }

        var consumer = new LaneConsumer(this, names, options);
        _consumers[consumer] = true;
        try
        {
            // Whoever stops the engine from here on sees the consumer, and stops it.
            ThrowIfNotRunning();
            await consumer.RecoverAsync(isOtherServer: false, cancellationToken).ConfigureAwait(false);
            consumer.Open(await _pauses.IsPausedAsync(lane.Queue, cancellationToken).ConfigureAwait(false), state);
            return consumer;
        }
        catch
        {
            // Nobody gets it, so nobody will stop it.
            await consumer.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) != 0)
        {
            return;
        }

        _isStopped = true;
        foreach (LaneConsumer consumer in _consumers.Keys)
        {
            await consumer.DisposeAsync().ConfigureAwait(false);
        }

        await _upkeep.DisposeAsync().ConfigureAwait(false);
        await PublishConnection.DisposeAsync().ConfigureAwait(false);
        await WorkConnection.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Makes the streams that all queues share, and learns what the server does with records by itself.</summary>
    public async ValueTask EnsureSharedAsync(CancellationToken cancellationToken)
    {
        SharedStreams shared = await _topology.EnsureSharedAsync(cancellationToken).ConfigureAwait(false);
        WorkRecords.ExpiresByItself = shared.TasksExpire;
        StateRecords.ExpiresByItself = shared.StateExpires;
    }

    /// <summary>A number for a consumer's inbox.</summary>
    public int NextLaneNumber() => Interlocked.Increment(ref _laneNumber);

    /// <summary>A consumer was stopped.</summary>
    public void Forget(LaneConsumer consumer) => _consumers.TryRemove(consumer, out _);

    /// <summary>A lane's stream or consumer seems to be gone.</summary>
    public void RepairLane(Lane lane) => _upkeep.Repair(lane);

    /// <summary>Reads again which queues are paused.</summary>
    public void RefreshPauses() => _pauses.Refresh();

    /// <summary>A server was started anew: settled messages may have come back that nobody will get.</summary>
    public void CleanUntil(LaneConsumer consumer, ulong last, LaneState? known) => _upkeep.CleanUntil(consumer.Lane, last, known);

    /// <summary>Refuses what cannot be done before the start or after the end.</summary>
    public void ThrowIfNotRunning()
    {
        if (_isStopped || !_isStarted)
        {
            throw new TaskEngineException(_isStopped ? "The NATS engine is stopped." : "The NATS engine is not started: call StartAsync first.");
        }
    }

    private async ValueTask ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await PublishConnection.ConnectAsync(cancellationToken).ConfigureAwait(false);
            await WorkConnection.ConnectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (NatsConnectException error)
        {
            throw error.Problem == ConnectProblem.Unreachable ? new TaskEngineException(error.Message, error) : new TaskConfigurationException(error.Message, error);
        }

        Protocol.ServerInfo info = WorkConnection.Info;
        if (!info.Headers || info.Version < new Version(2, 9))
        {
            throw new TaskConfigurationException($"The NATS server {info.ServerName} has version {info.Version}; the engine needs 2.9 or later. Upgrade it, or change NatsEngineOptions.Servers.");
        }

        if (!info.JetStream && Options.Domain is null)
        {
            throw new TaskConfigurationException(
                "JetStream is not enabled on the NATS server. Start it with -js or configure 'jetstream'; for a server behind a leaf node set NatsEngineOptions.Domain.");
        }

        int room = info.MaxPayload - MessageOverhead;
        Limits = new EngineLimits(room, Math.Min(Options.MaxOutcomeLength, room - RecordStream.Overhead - MaxNoteLength)) { MaxTimeToLive = Options.MaxRetention };
        if (!_firstServer.IsLoopback && Options.Authentication is null && !Options.Tls.RequireTls && !_firstServer.RequiresTls)
        {
            EngineLog.Unprotected(Logger, _firstServer.ToString());
        }

        if (Options.Storage == NatsStorage.File && info.Version < LimitsHoldSince)
        {
            EngineLog.DropsOldestWhenKilled(Logger, info.ServerName, info.Version);
        }
    }

    private static ConnectionSettings Settings(NatsEngineOptions options, TimeProvider time)
    {
        NatsAuthentication? authentication = options.Authentication;
        var servers = new List<NatsEndpoint>();
        foreach (string server in options.Servers.Count > 0 ? options.Servers : ["nats://localhost:4222"])
        {
            servers.Add(NatsEndpoint.Parse(server, out string? user, out string? password));
            if (user is not null)
            {
                authentication ??= password is null ? NatsAuthentication.Token(user) : NatsAuthentication.UserPassword(user, password);
            }
        }

        return new ConnectionSettings
        {
            Servers = servers,
            Authentication = authentication,
            Tls = options.Tls,
            InboxPrefix = options.InboxPrefix,
            DiscoverServers = options.DiscoverServers,
            ConnectTimeout = options.ConnectTimeout,
            PingInterval = options.PingInterval,
            MaxReconnectDelay = options.MaxReconnectDelay,
            MaxCalls = options.MaxPendingCalls,
            MaxCallBytes = options.MaxPendingBytes,
            Time = time,
        };
    }
}
