using System.Collections.Concurrent;
using TypedTasks.Engine;

namespace TypedTasks.Testing;

/// <summary>
/// An engine around another that goes wrong when the test says so: what is published, received, settled, renewed, read or written can fail, be slow, or be done
/// without an answer; leases can be dropped, and a host can be cut off. For tests of what a worker, or your own code, does then.
/// </summary>
/// <remarks>
/// One instance stands for one host's way to the engine: give two workers an instance each, around the same engine, and cut off one of them. It allocates, and
/// is slower than what it wraps.
/// </remarks>
/// <example>
/// <code>
/// var engine = new FaultyEngine(time.CreateEngine(), time);
/// services.AddTypedTasks(tasks =&gt; tasks.UseVirtualTime(time).UseEngine("faulty", _ =&gt; engine).AddClient&lt;IInvoices&gt;().AddWorker&lt;IInvoices, InvoiceWorker&gt;());
///
/// engine.Faults.Next(EngineOperation.Settle, EngineFault.LoseAnswer);                       // the next settlement is made, its answer lost
/// engine.Faults.ByChance(EngineOperation.Publish, EngineFault.Fail, probability: 0.1);      // by the seed given to the constructor
/// engine.Faults.CutOff();                                                                  // as if the network cable were pulled
/// </code>
/// </example>
public sealed class FaultyEngine : ITaskEngine
{
    private readonly ITaskEngine _inner;
    private readonly TimeProvider _time;
    private readonly bool _ownsInner;
    private readonly ConcurrentBag<FaultyConsumer> _consumers = [];

    /// <summary>Wraps an engine.</summary>
    /// <param name="inner">The engine that does the work.</param>
    /// <param name="timeProvider">The clock of its delays; the system's when null.</param>
    /// <param name="seed">What goes wrong by chance is the same for the same seed and order of operations.</param>
    /// <param name="ownsInner">Whether disposing of this engine disposes of the other.</param>
    public FaultyEngine(ITaskEngine inner, TimeProvider? timeProvider = null, int seed = 0, bool ownsInner = true)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
        _time = timeProvider ?? TimeProvider.System;
        _ownsInner = ownsInner;
        Faults = new EngineFaults(seed);
        Faults.WasCutOff += OnCutOff;
        Outcomes = new FaultyOutcomes(this);
        State = new FaultyState(this);
        Broadcast = new FaultyBroadcast(this);
    }

    /// <summary>What goes wrong.</summary>
    public EngineFaults Faults { get; }

    /// <inheritdoc/>
    public string Name => _inner.Name;

    /// <inheritdoc/>
    public EngineLimits Limits => _inner.Limits;

    /// <inheritdoc/>
    public IOutcomeStore Outcomes { get; }

    /// <inheritdoc/>
    public IStateStore State { get; }

    /// <inheritdoc/>
    public IBroadcast Broadcast { get; }

    /// <summary>Administration, in which nothing goes wrong: the test asks it for the truth.</summary>
    public IEngineAdministration Administration => _inner.Administration;

    /// <summary>Something was published or settled, and <see cref="TaskTestHost"/> wants to know.</summary>
    internal event Action? Changed;

    /// <inheritdoc/>
    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => _inner.StartAsync(lanes, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        EngineFault fault = await BeginAsync(EngineOperation.Publish, cancellationToken).ConfigureAwait(false);
        PublishStatus status = fault.IsDone ? await _inner.PublishAsync(address, envelope, cancellationToken).ConfigureAwait(false) : default;
        Changed?.Invoke();
        return fault.IsAnswered ? status : throw new TaskUnconfirmedException(address.Id, "The test lost the answer to this publishing.");
    }

    /// <inheritdoc/>
    public async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken)
    {
        var consumer = new FaultyConsumer(
            this, await _inner.ConsumeAsync(lane, options, cancellationToken).ConfigureAwait(false), token => _inner.ConsumeAsync(lane, options, token));
        _consumers.Add(consumer);
        return consumer;
    }

    /// <summary>
    /// Takes the leases of all deliveries in hand away, as if they had run out unnoticed: their tasks are delivered again, the attempt counts, and their present
    /// holder is told so when it next renews or settles.
    /// </summary>
    /// <returns>How many leases there were.</returns>
    public async Task<int> DropLeasesAsync(CancellationToken cancellationToken = default)
    {
        int dropped = 0;
        foreach (FaultyConsumer consumer in _consumers)
        {
            dropped += await consumer.DropLeasesAsync(cancellationToken).ConfigureAwait(false);
        }

        return dropped;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _ownsInner ? _inner.DisposeAsync() : default;

    internal void OnChanged() => Changed?.Invoke();

    private void OnCutOff()
    {
        foreach (FaultyConsumer consumer in _consumers)
        {
            _ = consumer.CutOffAsync();
        }
    }

    internal async ValueTask<EngineFault> BeginAsync(EngineOperation operation, CancellationToken cancellationToken)
    {
        EngineFault fault = Faults.Take(operation);
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, _time, cancellationToken).ConfigureAwait(false);
        }

        return fault;
    }

    internal static TaskEngineException Unanswered(EngineOperation operation) => new($"The test lost the answer of the engine: {operation}.");

    private async ValueTask<T> DoAsync<T>(EngineOperation operation, Func<ValueTask<T>> action, CancellationToken cancellationToken)
    {
        EngineFault fault = await BeginAsync(operation, cancellationToken).ConfigureAwait(false);
        T done = fault.IsDone ? await action().ConfigureAwait(false) : default!;
        return fault.IsAnswered ? done : throw Unanswered(operation);
    }

    private sealed class FaultyOutcomes(FaultyEngine engine) : IOutcomeStore
    {
        public ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Read, () => engine._inner.Outcomes.GetAsync(id, cancellationToken), cancellationToken);

        public ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Read, () => engine._inner.Outcomes.WaitAsync(id, cancellationToken), cancellationToken);

        public async ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => await engine.DoAsync(
            EngineOperation.Write,
            async () =>
            {
                await engine._inner.Outcomes.ForgetAsync(id, cancellationToken).ConfigureAwait(false);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private sealed class FaultyState(FaultyEngine engine) : IStateStore
    {
        private IStateStore Inner => engine._inner.State;

        public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Read, () => Inner.GetAsync(key, cancellationToken), cancellationToken);

        public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Write, () => Inner.CreateAsync(key, value, timeToLive, cancellationToken), cancellationToken);

        public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Write, () => Inner.ReplaceAsync(key, revision, value, timeToLive, cancellationToken), cancellationToken);

        public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) =>
            engine.DoAsync(EngineOperation.Write, () => Inner.DeleteAsync(key, revision, cancellationToken), cancellationToken);

        public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(
            string prefix,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
        {
            EngineFault fault = await engine.BeginAsync(EngineOperation.Read, cancellationToken).ConfigureAwait(false);
            if (!fault.IsAnswered)
            {
                throw Unanswered(EngineOperation.Read);
            }

            await foreach (KeyValuePair<string, StateEntry> entry in Inner.ListAsync(prefix, cancellationToken).ConfigureAwait(false))
            {
                yield return entry;
            }
        }
    }

    /// <summary>Broadcasts are best effort: while the host is cut off they are lost without a word.</summary>
    private sealed class FaultyBroadcast(FaultyEngine engine) : IBroadcast
    {
        public ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken) =>
            engine.Faults.IsCutOff ? default : engine._inner.Broadcast.PublishAsync(channel, message, cancellationToken);

        public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(onMessage);
            return engine._inner.Broadcast.SubscribeAsync(
                channel,
                message =>
                {
                    if (!engine.Faults.IsCutOff)
                    {
                        onMessage(message);
                    }
                },
                cancellationToken);
        }
    }
}
