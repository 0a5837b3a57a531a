// Cosmos and Marten: documents that are written whole, under the id that they have.
using Marten;
using Microsoft.Azure.Cosmos;

public sealed record Reading(string Id, string Sensor, double Value);

public sealed class SensorState
{
    public Guid Id { get; set; }
    public double Last { get; set; }
    public double Sum { get; set; }
}

[TaskContract]
public interface ISensors
{
    [Task, Idempotent]
    Task StoreAsync(string reading, string sensor, double value, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ApplyAsync(Guid sensor, double value, CancellationToken cancellationToken = default);
}

public sealed class SensorWorker(Container container, IDocumentSession session) : ISensors
{
    public async Task StoreAsync(string reading, string sensor, double value, CancellationToken cancellationToken) =>
        await container.UpsertItemAsync(new Reading(reading, sensor, value), cancellationToken: cancellationToken);

    public async Task ApplyAsync(Guid sensor, double value, CancellationToken cancellationToken)
    {
        SensorState state = await session.LoadAsync<SensorState>(sensor, cancellationToken) ?? new SensorState { Id = sensor };
        state.Last = value;
        session.Store(state);
        await session.SaveChangesAsync(cancellationToken);
    }
}
