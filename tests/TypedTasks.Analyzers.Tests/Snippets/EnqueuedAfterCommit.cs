// After the commit, after the scope, outside of any transaction.
using System.Data;
using System.Transactions;
using Dapper;
using Microsoft.EntityFrameworkCore;

namespace Shop
{
    [TaskContract]
    public interface IShipping
    {
        [Task, Idempotent] ValueTask ShipAsync(Guid order);
    }

    public sealed class ShopContext : DbContext;

    public sealed class Checkout(ShopContext shop, IDbConnection connection, ITaskClient<IShipping> shipping)
    {
        public async Task ByContextAsync(Guid order, CancellationToken cancellationToken)
        {
            await using (var transaction = await shop.Database.BeginTransactionAsync(cancellationToken))
            {
                await shop.SaveChangesAsync(cancellationToken);
                await transaction.CommitAsync(cancellationToken);
            }

            await shipping.ShipAsync(order, cancellationToken: cancellationToken);
        }

        public async Task ByDapperAsync(Guid order)
        {
            using (IDbTransaction transaction = connection.BeginTransaction())
            {
                await connection.ExecuteAsync("DELETE FROM baskets WHERE id = @order", new { order }, transaction);
                transaction.Commit();
                await shipping.ShipAsync(order);
            }
        }

        public async Task AmbientAsync(Guid order)
        {
            using (TransactionScope scope = new(TransactionScopeAsyncFlowOption.Enabled))
            {
                await connection.ExecuteAsync("DELETE FROM baskets WHERE id = @order", new { order });
                scope.Complete();
            }

            await shipping.ShipAsync(order);
        }

        public async Task WithoutAnyAsync(Guid order)
        {
            using TransactionScope none = new(TransactionScopeOption.Suppress, TransactionScopeAsyncFlowOption.Enabled);
            await shipping.ShipAsync(order);
            none.Complete();
        }

        public Func<Task> Prepare(Guid order)
        {
            using IDbTransaction transaction = connection.BeginTransaction();
            Func<Task> later = async () => await shipping.ShipAsync(order);
            transaction.Commit();
            return later;
        }
    }
}
