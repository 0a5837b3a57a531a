// Committed in one branch and rolled back in the other; enqueued before, and after.
using System.Data.Common;

namespace Shop
{
    [TaskContract]
    public interface IShipping
    {
        [Task, Idempotent] ValueTask ShipAsync(Guid order);
    }

    public sealed class Checkout(DbConnection database, ITaskClient<IShipping> shipping)
    {
        public async Task<bool> BeforeAsync(Guid order, bool isGood)
        {
            await using DbTransaction transaction = await database.BeginTransactionAsync();
            if (isGood)
            {
                await {|TT703:shipping.ShipAsync(order)|};
                await transaction.CommitAsync();
            }
            else
            {
                await transaction.RollbackAsync();
            }

            return isGood;
        }

        public async Task<bool> AfterAsync(Guid order, bool isGood)
        {
            await using (DbTransaction transaction = await database.BeginTransactionAsync())
            {
                if (!isGood)
                {
                    await transaction.RollbackAsync();
                    return false;
                }

                await transaction.CommitAsync();
            }

            await shipping.ShipAsync(order);
            return true;
        }

        public async Task TryAsync(Guid order)
        {
            DbTransaction transaction = await database.BeginTransactionAsync();
            try
            {
                await transaction.CommitAsync();
            }
            finally
            {
                await transaction.DisposeAsync();
            }

            await shipping.ShipAsync(order);
        }
    }
}
