// The state of a shipment moves on only from the version that was seen; zero rows are no error but a repetition.
using System.Data;
using Dapper;
using Microsoft.Extensions.Logging;

public sealed record ShipmentMoved(Guid Shipment, string Status, int Version);

[TaskContract]
public interface IShipmentStates
{
    [Task, Idempotent]
    Task MoveAsync(ShipmentMoved moved, CancellationToken cancellationToken = default);
}

public sealed class ShipmentStateWorker : IShipmentStates
{
    private readonly IDbConnection _connection;
    private readonly ILogger<ShipmentStateWorker> _logger;

    public ShipmentStateWorker(IDbConnection connection, ILogger<ShipmentStateWorker> logger)
    {
        _connection = connection;
        _logger = logger;
    }

    public async Task MoveAsync(ShipmentMoved moved, CancellationToken cancellationToken)
    {
        CommandDefinition command = new(
            "UPDATE shipments SET status = @Status, version = version + 1 WHERE id = @Shipment AND version = @Version",
            moved,
            cancellationToken: cancellationToken);
        int rows = await _connection.ExecuteAsync(command);
        if (rows == 0)
        {
            _logger.LogInformation("Shipment {Shipment} is beyond version {Version} already", moved.Shipment, moved.Version);
        }
    }
}
