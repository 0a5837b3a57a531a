using TypedTasks.Engine;

namespace TypedTasks.Diagnostics.Tests;

/// <summary>An engine that fails in the ways that tests ask for.</summary>
internal sealed class FaultyEngine(ITaskEngine inner) : ITaskEngine, IEngineAdministration
{
    /// <summary>Consumers receive nothing any more, as after a reconnection gone wrong.</summary>
    internal bool IsDeaf { get; set; }

    /// <summary>Renewing a lease finds it lost.</summary>
    internal bool LosesLeases { get; set; }

    /// <summary>Administration answers when this does.</summary>
    internal Func<CancellationToken, Task> Answer { get; set; } = _ => Task.CompletedTask;

    /// <summary>Starting ends as this does, before the engine is asked.</summary>
    internal Func<Task> Start { get; set; } = () => Task.CompletedTask;

    public string Name => "faulty";

    public EngineLimits Limits => inner.Limits;

    public IOutcomeStore Outcomes => inner.Outcomes;

    public IStateStore State => inner.State;

    public IBroadcast Broadcast => inner.Broadcast;

    public IEngineAdministration Administration => this;

    public async ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken)
    {
        await Start();
        await inner.StartAsync(lanes, cancellationToken);
    }

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource => inner.PublishAsync(address, envelope, cancellationToken);

    public async ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
        new Consumer(this, await inner.ConsumeAsync(lane, options, cancellationToken));

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    public async ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken)
    {
        await Answer(cancellationToken);
        return await inner.Administration.GetStatisticsAsync(lane, cancellationToken);
    }

    public ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken) => inner.Administration.ListLanesAsync(cancellationToken);

    public IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, CancellationToken cancellationToken) => inner.Administration.ListDeadLettersAsync(lane, cancellationToken);

    public ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => inner.Administration.RequeueDeadLetterAsync(lane, id, cancellationToken);

    public ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => inner.Administration.DeleteDeadLetterAsync(lane, id, cancellationToken);

    public ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken) => inner.Administration.PurgeAsync(lane, cancellationToken);

    public ValueTask PauseAsync(string queue, CancellationToken cancellationToken) => inner.Administration.PauseAsync(queue, cancellationToken);

    public ValueTask ResumeAsync(string queue, CancellationToken cancellationToken) => inner.Administration.ResumeAsync(queue, cancellationToken);

    private sealed class Consumer(FaultyEngine engine, ILaneConsumer inner) : ILaneConsumer
    {
        private readonly TaskCompletionSource<int> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Lane Lane => inner.Lane;

        public ValueTask<int> ReceiveAsync(Memory<Delivery> destination, CancellationToken cancellationToken) =>
            engine.IsDeaf ? new ValueTask<int>(_stopped.Task) : inner.ReceiveAsync(destination, cancellationToken);

        public ValueTask SettleAsync(ReadOnlyMemory<Settlement> settlements, Memory<SettleStatus> statuses, CancellationToken cancellationToken) =>
            inner.SettleAsync(settlements, statuses, cancellationToken);

        public ValueTask RenewAsync(ReadOnlyMemory<Delivery> deliveries, Memory<SettleStatus> statuses, CancellationToken cancellationToken)
        {
            if (engine.LosesLeases)
            {
                statuses.Span.Fill(SettleStatus.LeaseLost);
                return default;
            }

            return inner.RenewAsync(deliveries, statuses, cancellationToken);
        }

        public ValueTask StopAsync(CancellationToken cancellationToken)
        {
            _stopped.TrySetResult(0);
            return inner.StopAsync(cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
