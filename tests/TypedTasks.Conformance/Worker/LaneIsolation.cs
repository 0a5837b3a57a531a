using System.Runtime.CompilerServices;
using TypedTasks.Engine;

namespace TypedTasks.Conformance.Worker;

/// <summary>
/// An engine as one test sees it: its queues are the test's own, though the contract's names are fixed, and disposing of it leaves the broker for the test's other hosts.
/// </summary>
internal sealed class LaneIsolation(ITaskEngine inner, string prefix) : ITaskEngine
{
    public string Name => inner.Name;

    public EngineLimits Limits => inner.Limits;

    public IOutcomeStore Outcomes => inner.Outcomes;

    public IStateStore State => inner.State;

    public IBroadcast Broadcast => inner.Broadcast;

    public IEngineAdministration Administration { get; } = new IsolatedAdministration(inner.Administration, prefix);

    public ValueTask StartAsync(IReadOnlyCollection<Lane> lanes, CancellationToken cancellationToken) =>
        inner.StartAsync([.. lanes.Select(lane => Own(lane, prefix))], cancellationToken);

    public ValueTask<PublishStatus> PublishAsync<TEnvelope>(TaskAddress address, TEnvelope envelope, CancellationToken cancellationToken)
        where TEnvelope : struct, IEnvelopeSource => inner.PublishAsync(address with { Lane = Own(address.Lane, prefix) }, envelope, cancellationToken);

    public ValueTask<ILaneConsumer> ConsumeAsync(Lane lane, LaneConsumerOptions options, CancellationToken cancellationToken) =>
        inner.ConsumeAsync(Own(lane, prefix), options, cancellationToken);

    public ValueTask DisposeAsync() => default;

    private static Lane Own(Lane lane, string prefix) => lane with { Queue = $"{prefix}-{lane.Queue}" };

    private sealed class IsolatedAdministration(IEngineAdministration inner, string prefix) : IEngineAdministration
    {
        public ValueTask<IReadOnlyList<Lane>> ListLanesAsync(CancellationToken cancellationToken) => inner.ListLanesAsync(cancellationToken);

        public ValueTask<LaneStatistics> GetStatisticsAsync(Lane lane, CancellationToken cancellationToken) => inner.GetStatisticsAsync(Own(lane, prefix), cancellationToken);

        public async IAsyncEnumerable<StoredDeadLetter> ListDeadLettersAsync(Lane lane, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (StoredDeadLetter letter in inner.ListDeadLettersAsync(Own(lane, prefix), cancellationToken))
            {
                yield return letter with { Lane = lane };
            }
        }

        public ValueTask<bool> RequeueDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => inner.RequeueDeadLetterAsync(Own(lane, prefix), id, cancellationToken);

        public ValueTask<bool> DeleteDeadLetterAsync(Lane lane, TaskId id, CancellationToken cancellationToken) => inner.DeleteDeadLetterAsync(Own(lane, prefix), id, cancellationToken);

        public ValueTask<long> PurgeAsync(Lane lane, CancellationToken cancellationToken) => inner.PurgeAsync(Own(lane, prefix), cancellationToken);

        public ValueTask PauseAsync(string queue, CancellationToken cancellationToken) => inner.PauseAsync($"{prefix}-{queue}", cancellationToken);

        public ValueTask ResumeAsync(string queue, CancellationToken cancellationToken) => inner.ResumeAsync($"{prefix}-{queue}", cancellationToken);
    }
}
