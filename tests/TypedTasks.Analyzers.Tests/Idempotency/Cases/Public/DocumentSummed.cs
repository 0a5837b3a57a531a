// A document is loaded, added to and stored.
using Marten;

public sealed class SensorState
{
    public Guid Id { get; set; }
    public double Last { get; set; }
    public double Sum { get; set; }
}

[TaskContract]
public interface ISensorSums
{
    [Task, Idempotent]
    Task AddUpAsync(Guid sensor, double value, CancellationToken cancellationToken = default);
}

public sealed class SensorSumWorker(IDocumentSession session) : ISensorSums
{
    public async Task AddUpAsync(Guid sensor, double value, CancellationToken cancellationToken)
    {
        SensorState state = await session.LoadAsync<SensorState>(sensor, cancellationToken) ?? new SensorState { Id = sensor };
        {|TT412:state.Sum += value|};
        session.Store(state);
        await session.SaveChangesAsync(cancellationToken);
    }
}
