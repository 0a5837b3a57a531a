using System.Data;
using Dapper;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task BookAsync(Guid orderId, decimal amount);
}

public sealed class PaymentWorker(IDbConnection connection) : IPayments
{
    public async Task BookAsync(Guid orderId, decimal amount)
    {
        var id = Guid.CreateVersion7();
        await {|TT418:connection.ExecuteAsync("insert into payments (id, order_id, amount) values (@id, @orderId, @amount)", new { id, orderId, amount })|};
    }
}
