using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TypedTasks.Engine;
using TypedTasks.Redis.Connection;
using TypedTasks.Redis.Resp;
using TypedTasks.Redis.Streams;
using TypedTasks.Shared;

namespace TypedTasks.Redis;

/// <summary>
/// The engine on Redis Streams: a stream and a group a lane, everything that must be atomic in a script, and four kinds of connections
/// (shared and pipelined, blocking reads, listening, and the Sentinels).
/// </summary>
/// <remarks>
/// What Redis loses, this engine loses: without <c>appendonly</c> the tasks since the last snapshot, with <c>everysec</c> up to a second on a power
/// failure, and in a failover whatever the replica had not received. <see cref="StartAsync"/> looks at the server and warns of each.
/// </remarks>
public sealed partial class RedisEngine : ITaskEngine
{
    private static readonly Version OldestServer = new(6, 2);

    /// <summary>After how much silence a consumer that holds nothing is removed from its group.</summary>
    private static readonly TimeSpan SilenceOfConsumers = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Lane, LaneState> _lanes = new();
    private readonly ConcurrentDictionary<string, QueueKeys> _queues = new(StringComparer.Ordinal);
    private readonly Dictionary<int, BlockingReader> _readers = [];
    private readonly ConcurrentDictionary<LaneConsumer, bool> _consumers = new();
    private readonly SemaphoreSlim _starting = new(1, 1);
    private readonly byte[] _lanesKey;
    private readonly CancellationTokenSource _stopping = new();
    private bool _connected;
    private int _disposing;
    private volatile bool _stopped;

    /// <summary>Makes an engine; it connects at <see cref="StartAsync"/>.</summary>
    /// <param name="options">Where to, and the bounds.</param>
    /// <param name="logger">Gets what happens to the connections, and what the checks at start find.</param>
    /// <exception cref="TaskConfigurationException">An option cannot be; the message names it.</exception>
    public RedisEngine(RedisEngineOptions options, ILogger<RedisEngine> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        OptionsCheck.Check(options);
        Options = options;
        Logger = logger;
        Instance = $"{options.ClientName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
        Dialer = new RedisDialer(options, LuaScript.All);
        Router = new RedisRouter(Dialer, LuaScript.All, logger);
        Subscriber = new RedisSubscriber(Router.Source, options, logger);
        PublishCalls = new CallPool<PublishCall>(4096, () => new PublishCall(this));
        BatchCalls = new CallPool<BatchCall>(256, () => new BatchCall(this));
        ReadCalls = new CallPool<ReadCall>(64, () => new ReadCall(this));
        StateCalls = new CallPool<StateCall>(1024, () => new StateCall(this));
        Deliveries = new CallPool<RedisDelivery>(16 * 1024, static () => new RedisDelivery());
        _lanesKey = System.Text.Encoding.UTF8.GetBytes($"{options.KeyPrefix}:lanes");
        Outcomes = new RedisOutcomes(this);
        State = new RedisState(this);
        Broadcast = new RedisBroadcast(this);
        Administration = new RedisAdministration(this);
    }

    /// <inheritdoc/>
    public string Name => "redis";

    /// <inheritdoc/>
    public EngineLimits Limits => new(Options.MaxEnvelopeLength, Options.MaxOutcomeLength);

    /// <inheritdoc/>
    public IOutcomeStore Outcomes { get; }

    /// <inheritdoc/>
    public IStateStore State { get; }

    /// <inheritdoc/>
    public IBroadcast Broadcast { get; }

    /// <inheritdoc/>
    public IEngineAdministration Administration { get; }

    internal RedisEngineOptions Options { get; }

    internal ILogger Logger { get; }

    /// <summary>This engine's name among the consumers of a group; new with every start.</summary>
    internal string Instance { get; }

    internal RedisDialer Dialer { get; }

    internal RedisRouter Router { get; }

    internal RedisSubscriber Subscriber { get; }

    internal CallPool<PublishCall> PublishCalls { get; }

    internal CallPool<BatchCall> BatchCalls { get; }

    internal CallPool<ReadCall> ReadCalls { get; }

    internal CallPool<StateCall> StateCalls { get; }

    internal CallPool<RedisDelivery> Deliveries { get; }

    internal RecentPublishes Recent { get; } = new();

    /// <summary>The most entries in one reply, so that even the largest fit into half of what a reply may be.</summary>
    internal int MaxEntriesPerRead => Math.Max(1, RespLimits.Default.MaxFrame / 2 / (Options.MaxEnvelopeLength + 1024));

    internal bool IsStopped => _stopped;

    /// <summary>Fires when the engine stops.</summary>
    internal CancellationToken Stopping => _stopping.Token;

    /// <summary>The lanes that this process has used or heard of.</summary>
    internal IEnumerable<LaneState> KnownLanes => _lanes.Values;

    /// <summary>How many those are; they are never forgotten.</summary>
    internal int LaneCount => _lanes.Count;

    internal IEnumerable<QueueKeys> KnownQueues => _queues.Values;

    internal byte[] LanesKey => _lanesKey;

    /// <inheritdoc/>
    public async ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lanes);
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
        foreach (Lane lane in lanes)
        {
            await EnsureLaneAsync(StateOf(lane).Keys, 0, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        cancellationToken.ThrowIfCancellationRequested();
        if (options.Lease <= TimeSpan.Zero)
        {
            throw new TaskConfigurationException($"{nameof(LaneConsumerOptions)}.{nameof(LaneConsumerOptions.Lease)} is {options.Lease}: it must be positive.");
        }

        ThrowIfStopped();
        LaneState state = StateOf(lane);
        (_, long epoch, bool paused) = await EnsureLaneAsync(state.Keys, Math.Max(1, (long)options.Lease.TotalMilliseconds), cancellationToken).ConfigureAwait(false);
        await RunAsync(
            LuaScript.Tidy, state.Keys.Queue.Slot, [state.Keys.Stream], [LaneKeys.Group.ToArray(), Number((long)SilenceOfConsumers.TotalMilliseconds)], cancellationToken).ConfigureAwait(false);
        var consumer = new LaneConsumer(this, state, options, epoch, paused);
        _consumers.TryAdd(consumer, true);
        try
        {
            // Whoever disposes of the engine from here on sees the consumer, and stops it.
            ThrowIfDisposing();
            await consumer.StartKeepingAsync(cancellationToken).ConfigureAwait(false);
            return consumer;
        }
        catch
        {
            // Nobody gets it, so nobody will stop it.
            await consumer.StopAsync(CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Stops the engine: consumers receive zero, publishers get <see cref="TaskRejection.Stopped"/>. What it holds stays in Redis. Twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) != 0)
        {
            return;
        }

        foreach (LaneConsumer consumer in _consumers.Keys)
        {
            await consumer.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }

        _stopped = true;
        await _stopping.CancelAsync().ConfigureAwait(false);
        BlockingReader[] readers;
        lock (_readers)
        {
            readers = [.. _readers.Values];
        }

        foreach (BlockingReader reader in readers)
        {
            await reader.DisposeAsync().ConfigureAwait(false);
        }

        await Subscriber.DisposeAsync().ConfigureAwait(false);
        await Router.DisposeAsync().ConfigureAwait(false);
    }

    internal void Forget(LaneConsumer consumer) => _consumers.TryRemove(consumer, out _);

    /// <summary>The consumers of a queue in this process.</summary>
    internal IEnumerable<LaneConsumer> ConsumersOf(string queue) => _consumers.Keys.Where(consumer => consumer.Lane.Queue == queue);

    /// <summary>Who waits for the lanes of a slot: one for all that are on a node, but in a cluster, where a command names keys of one slot only, one for each slot.</summary>
    /// <remarks>A reader has a connection and a timer of its own, so none is made to be thrown away, none after the engine's end, and none stays at a node that a slot has left.</remarks>
    internal BlockingReader? ReaderFor(int slot)
    {
        RedisNode node = Router.NodeFor(slot);
        int place = Router.IsCluster ? slot : -1;
        BlockingReader? former;
        BlockingReader made;
        lock (_readers)
        {
            if (_readers.TryGetValue(place, out former) && former.Node == node)
            {
                return former;
            }

            if (_stopped)
            {
                return null;
            }

            _readers[place] = made = new BlockingReader(this, node);
        }

        // Its consumers look where their lane is now.
        former?.Retire();
        return made;
    }

    internal void Recycle(RedisDelivery delivery)
    {
        delivery.Clear();
        Deliveries.Return(delivery);
    }

    internal QueueKeys QueueOf(string queue) => _queues.TryGetValue(queue, out QueueKeys? known) ? known
        : LaneKeys.IsName(queue) ? _queues.GetOrAdd(queue, static (name, prefix) => new QueueKeys(prefix, name), Options.KeyPrefix)
        : throw new TaskConfigurationException($"'{queue}' cannot be the name of a queue on Redis: use up to 200 characters, none of them a space, a slash or a brace.");

    internal LaneState StateOf(Lane lane)
    {
        if (_lanes.TryGetValue(lane, out LaneState? known))
        {
            return known;
        }

        if (!LaneKeys.IsName(lane.Contract))
        {
            throw new TaskConfigurationException($"'{lane.Contract}' cannot be the name of a contract on Redis: use up to 200 characters, none of them a space, a slash or a brace.");
        }

        return _lanes.GetOrAdd(lane, new LaneState(new LaneKeys(Options.KeyPrefix, lane, QueueOf(lane.Queue))));
    }

    internal void ThrowIfStopped()
    {
        if (_stopped)
        {
            throw Stopped();
        }
    }

    // It is about to be stopped before it is: its consumers still hand back what they hold.
    private void ThrowIfDisposing()
    {
        if (Volatile.Read(ref _disposing) != 0)
        {
            throw Stopped();
        }
    }

    private static TaskEngineException Stopped() => new("The Redis engine is stopped.");

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        ThrowIfStopped();
        await _starting.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_connected)
            {
                return;
            }

            await ConnectFirstAsync(cancellationToken).ConfigureAwait(false);
            if (Router.Server is { } server && server.Version > new Version(0, 0) && server.Version < OldestServer)
            {
                throw new TaskConfigurationException($"Redis at {server.Endpoint} is version {server.Version}; this engine needs {OldestServer} or later. Upgrade the server.");
            }

            await StartChecks.RunAsync(this, cancellationToken).ConfigureAwait(false);
            _connected = true;
        }
        catch (RedisRefusedException exception)
        {
            throw new TaskConfigurationException(exception.Message);
        }
        catch (RedisConnectionException exception)
        {
            throw new TaskEngineException(exception.Message, exception);
        }
        finally
        {
            _starting.Release();
        }
    }

    // A server that is just starting is worth a moment: whoever starts beside it must not fail for that. One that is not there is told at once.
    private async Task ConnectFirstAsync(CancellationToken cancellationToken)
    {
        long begun = Environment.TickCount64;
        for (int failures = 1; ; failures++)
        {
            try
            {
                await Router.ConnectAsync(cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RedisConnectionException failure) when (failure.IsPassing && Environment.TickCount64 - begun < Options.ConnectTimeout.TotalMilliseconds)
            {
                await Task.Delay(Backoff.Next(failures, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(500), Random.Shared), cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
