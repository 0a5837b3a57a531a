using System.Data;
using Dapper;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task BookAsync(Guid paymentId, decimal amount);
}

public sealed class PaymentWorker(IDbConnection connection) : IPayments
{
    public async Task BookAsync(Guid paymentId, decimal amount) =>
        await {|TT420:connection.ExecuteAsync("INSERT INTO payments (id, amount) VALUES (@Id, @Amount)", new { Id = paymentId, Amount = amount })|};
}
