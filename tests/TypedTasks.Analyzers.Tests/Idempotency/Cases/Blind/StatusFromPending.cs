// The status is set only where it is still pending, and the old ones are dropped.
using System.Data;
using Dapper;

[TaskContract]
public interface IPendingOrders
{
    [Task, Idempotent]
    Task ConfirmAsync(Guid order);

    [Task, Idempotent]
    Task DropOldAsync(DateOnly before);
}

public sealed class PendingOrderWorker(IDbConnection connection) : IPendingOrders
{
    public Task ConfirmAsync(Guid order) =>
        connection.ExecuteAsync("UPDATE orders SET status = 'confirmed', confirmed_at = now() WHERE id = @order AND status = 'pending'", new { order });

    public Task DropOldAsync(DateOnly before) => connection.ExecuteAsync("DELETE FROM orders WHERE status = 'pending' AND made_on < @before", new { before });
}
