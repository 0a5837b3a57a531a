// The transaction is within the lambda of an execution strategy.
using Microsoft.EntityFrameworkCore;

namespace Shop;

[TaskContract]
public interface IShipping
{
    [Task, Idempotent] ValueTask ShipAsync(Guid order);
}

public sealed class ShopContext : DbContext;

public sealed class Checkout(ShopContext shop, ITaskClient<IShipping> shipping)
{
    public Task EarlyAsync(Guid order) => shop.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
    {
        await using var transaction = await shop.Database.BeginTransactionAsync();
        await shop.SaveChangesAsync();
        await {|TT703:shipping.ShipAsync(order)|};
        await transaction.CommitAsync();
    });

    public async Task InTimeAsync(Guid order)
    {
        await shop.Database.CreateExecutionStrategy().ExecuteAsync(async () =>
        {
            await using var transaction = await shop.Database.BeginTransactionAsync();
            await shop.SaveChangesAsync();
            await transaction.CommitAsync();
        });
        await shipping.ShipAsync(order);
    }
}
