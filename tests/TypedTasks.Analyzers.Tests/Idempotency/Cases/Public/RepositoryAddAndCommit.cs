// A unit of work behind an interface: added, and saved by somebody else's method.
public sealed class StockMovement
{
    public long Id { get; set; }
    public int Warehouse { get; set; }
    public int Quantity { get; set; }
}

public interface IMovementRepository
{
    Task AddAsync(StockMovement movement, CancellationToken cancellationToken);
    Task<bool> ExistsAsync(Guid delivery, CancellationToken cancellationToken);
}

public interface IWarehouseUnitOfWork
{
    IMovementRepository Movements { get; }
    Task CommitAsync(CancellationToken cancellationToken);
}

[TaskContract]
public interface IMovements
{
    [Task, Idempotent]
    Task BookAsync(int warehouse, int quantity, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BookOnceAsync(Guid delivery, int warehouse, CancellationToken cancellationToken = default);
}

public sealed class MovementWorker(IWarehouseUnitOfWork work) : IMovements
{
    public async Task BookAsync(int warehouse, int quantity, CancellationToken cancellationToken)
    {
        await {|TT411:work.Movements.AddAsync(new StockMovement { Warehouse = warehouse, Quantity = quantity }, cancellationToken)|};
        await work.CommitAsync(cancellationToken);
    }

    public async Task BookOnceAsync(Guid delivery, int warehouse, CancellationToken cancellationToken)
    {
        if (!await work.Movements.ExistsAsync(delivery, cancellationToken))
        {
            await work.Movements.AddAsync(new StockMovement { Warehouse = warehouse }, cancellationToken);
            await work.CommitAsync(cancellationToken);
        }
    }
}
