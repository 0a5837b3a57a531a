// Transactions of Entity Framework, of Dapper, and of the ambient kind.
using System.Data;
using System.Transactions;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Shop;

public sealed class Order
{
    public Guid Id { get; set; }
}

public sealed class ShopContext : DbContext
{
    public DbSet<Order> Orders => Set<Order>();
}

[TaskContract]
public interface IShipping
{
    [Task, Idempotent] ValueTask ShipAsync(Guid order);
}

public sealed class Checkout(ShopContext shop, IDbConnection connection, ITaskClient<IShipping> shipping)
{
    public async Task ByContextAsync(Guid order, CancellationToken cancellationToken)
    {
        await using var transaction = await shop.Database.BeginTransactionAsync(cancellationToken);
        shop.Orders.Add(new Order { Id = order });
        await shop.SaveChangesAsync(cancellationToken);
        await {|TT703:shipping.ShipAsync(order, cancellationToken: cancellationToken)|};
        await transaction.CommitAsync(cancellationToken);
    }

    public async Task ByDapperAsync(Guid order)
    {
        using IDbTransaction transaction = connection.BeginTransaction(System.Data.IsolationLevel.ReadCommitted);
        try
        {
            await connection.ExecuteAsync("DELETE FROM baskets WHERE id = @order", new { order }, transaction);
            await {|TT703:shipping.EnqueueAsync(ShippingTasks.Ship(order))|}.ConfigureAwait(false);
            transaction.Commit();
        }
        catch
        {
            transaction.Rollback();
            throw;
        }
    }

    public async Task AmbientAsync(Guid order)
    {
        using (var scope = new TransactionScope(TransactionScopeOption.Required, TransactionScopeAsyncFlowOption.Enabled))
        {
            await connection.ExecuteAsync("DELETE FROM baskets WHERE id = @order", new { order });
            await {|TT703:shipping.ShipAsync(order)|};
            scope.Complete();
        }
    }
}
