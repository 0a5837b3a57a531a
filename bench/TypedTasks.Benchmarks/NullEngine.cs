using TypedTasks.Engine;

namespace TypedTasks.Benchmarks;

/// <summary>An engine that has an envelope written and keeps nothing: what is left is the client's own cost.</summary>
internal sealed class NullEngine : ITaskEngine
{
    public ReusedBuffer Buffer { get; } = new(64 * 1024);

    public string Name => "null";

    public EngineLimits Limits => new(1024 * 1024, 1024 * 1024);

    public IOutcomeStore Outcomes => throw new NotSupportedException();

    // Asked for when a worker is made, and used by tasks with a key only.
    public IStateStore State => null!;

    public IBroadcast Broadcast => throw new NotSupportedException();

    public IEngineAdministration Administration => throw new NotSupportedException();

    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => default;

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource
    {
        Buffer.Reset();
        envelope.WriteTo(Buffer);
        return new ValueTask<PublishStatus>(PublishStatus.Accepted);
    }

    public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => default;
}
