using System.Buffers;
using System.Runtime.CompilerServices;
using TypedTasks.Engine;
using TypedTasks.Simulation.World;

namespace TypedTasks.Simulation.Broker;

/// <summary>One process's connection to the broker model: every member is a request over the network.</summary>
internal sealed class SimEngine(SimBroker broker, Network network, SimProcess process) : ITaskEngine, IOutcomeStore, IStateStore, IBroadcast
{
    public string Name => "simulated";

    public EngineLimits Limits => broker.SaidLimits;

    public IOutcomeStore Outcomes => this;

    public IStateStore State => this;

    public IBroadcast Broadcast => this;

    public IEngineAdministration Administration => throw new NotSupportedException("Nothing in the simulation administers.");

    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        var buffer = new ArrayBufferWriter<byte>();
        envelope.WriteTo(buffer);
        byte[] bytes = buffer.WrittenSpan.ToArray();
        (address, bytes) = broker.Sent(address, bytes);
        var published = new TaskCompletionSource<PublishStatus>();
        network.Call(
            process,
            () => broker.Publish(address, bytes),
            (status, failure) =>
            {
                if (failure is null && status is null)
                {
                    failure = new TaskRejectedException(address.Id, TaskRejection.Full, "The broker is full.");
                }

                if (failure is null)
                {
                    published.SetResult(status!.Value);
                }
                else
                {
                    published.SetException(failure);
                }
            },
            silence => new TaskUnconfirmedException(address.Id, silence, new TaskEngineException(silence)));
        return new ValueTask<PublishStatus>(published.Task);
    }

    public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
        new(new SimConsumer(broker, network, process, lane));

    public ValueTask<TaskStatusReport> GetAsync(TaskId id, CancellationToken cancellationToken) =>
        new(network.CallAsync(process, () => broker.Status(id)));

    public async ValueTask<TaskStatusReport> WaitAsync(TaskId id, CancellationToken cancellationToken)
    {
        while (true)
        {
            await broker.WhenEnded(id).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (broker.Status(id) is ({ HasEnded: true } or { State: TaskState.Unknown }) and var report)
            {
                return report;
            }

            // A broker that died has forgotten the end before this waiter came to look.
        }
    }

    public ValueTask ForgetAsync(TaskId id, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<StateEntry?> GetAsync(string key, CancellationToken cancellationToken) =>
        new(network.CallAsync(process, () => broker.State.Get(key)));

    public ValueTask<StateWrite> CreateAsync(string key, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        if (IsStopped(cancellationToken))
        {
            return ValueTask.FromCanceled<StateWrite>(cancellationToken);
        }

        byte[] bytes = value.ToArray();
        return new(network.CallAsync(process, () => broker.State.Create(key, bytes, timeToLive)));
    }

    public ValueTask<StateWrite> ReplaceAsync(string key, long revision, ReadOnlyMemory<byte> value, TimeSpan timeToLive, CancellationToken cancellationToken)
    {
        if (IsStopped(cancellationToken))
        {
            return ValueTask.FromCanceled<StateWrite>(cancellationToken);
        }

        byte[] bytes = value.ToArray();
        return new(network.CallAsync(process, () => broker.State.Replace(key, revision, bytes, timeToLive)));
    }

    public ValueTask<bool> DeleteAsync(string key, long revision, CancellationToken cancellationToken) =>
        new(network.CallAsync(process, () => broker.State.Delete(key, revision)));

    public async IAsyncEnumerable<KeyValuePair<string, StateEntry>> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (KeyValuePair<string, StateEntry> entry in await network.CallAsync(process, () => broker.State.List(prefix)).ConfigureAwait(false))
        {
            yield return entry;
        }
    }

    public ValueTask PublishAsync(string channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        broker.Broadcast(channel, message.ToArray());
        return ValueTask.CompletedTask;
    }

    public ValueTask<IAsyncDisposable> SubscribeAsync(string channel, Action<ReadOnlyMemory<byte>> onMessage, CancellationToken cancellationToken)
    {
        return new(broker.Subscribe(channel, onMessage, process));
    }

    private bool IsStopped(CancellationToken cancellationToken) => cancellationToken.IsCancellationRequested && !broker.WritesForTheStopped;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
