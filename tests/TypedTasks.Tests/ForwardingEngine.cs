using TypedTasks.Engine;

namespace TypedTasks.Tests;

/// <summary>An engine that passes everything on, for those to override what they do otherwise.</summary>
internal abstract class ForwardingEngine(ITaskEngine inner) : ITaskEngine
{
    public string Name => Inner.Name;

    public virtual EngineLimits Limits => Inner.Limits;

    public IOutcomeStore Outcomes => Inner.Outcomes;

    public virtual IStateStore State => Inner.State;

    public IBroadcast Broadcast => Inner.Broadcast;

    public IEngineAdministration Administration => Inner.Administration;

    protected ITaskEngine Inner { get; } = inner;

    public virtual ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) => Inner.StartAsync(lanes, cancellationToken);

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource => Inner.PublishAsync(address, envelope, cancellationToken);

    public virtual ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) => Inner.ConsumeAsync(lane, options, cancellationToken);

    public ValueTask DisposeAsync() => Inner.DisposeAsync();
}
