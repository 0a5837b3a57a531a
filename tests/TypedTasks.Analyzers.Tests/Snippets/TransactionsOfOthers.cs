// An outbox row within the transaction; a transaction that begins after the enqueueing; a method that commits for its caller.
using System.Data.Common;

namespace Shop;

[TaskContract]
public interface IShipping
{
    [Task, Idempotent] ValueTask ShipAsync(Guid order);
}

public interface IUnitOfWork
{
    Task<T> InTransactionAsync<T>(Func<Task<T>> work);
}

public sealed class Checkout(DbConnection database, IUnitOfWork work, ITaskClient<IShipping> shipping)
{
    public async Task FirstAsync(Guid order)
    {
        await shipping.ShipAsync(order, EnqueueOptions.In(TimeSpan.FromMinutes(1)));
        await using DbTransaction transaction = await database.BeginTransactionAsync();
        await using DbCommand command = database.CreateCommand();
        command.CommandText = "DELETE FROM baskets";
        await command.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    public async Task LastAsync(Guid order)
    {
        bool isNew = await work.InTransactionAsync(async () =>
        {
            await using DbCommand command = database.CreateCommand();
            command.CommandText = "INSERT INTO shipments DEFAULT VALUES";
            return await command.ExecuteNonQueryAsync() > 0;
        });

        if (isNew)
        {
            await shipping.ShipAsync(order);
        }
    }

    public async Task GivenUpAsync(Guid order)
    {
        await using DbTransaction transaction = await database.BeginTransactionAsync();
        if (order == Guid.Empty)
        {
            await transaction.RollbackAsync();
            await shipping.ShipAsync(order);
            return;
        }

        await transaction.CommitAsync();
    }
}
