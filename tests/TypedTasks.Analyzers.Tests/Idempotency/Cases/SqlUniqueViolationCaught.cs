using System.Data;
using Dapper;
using Npgsql;

[TaskContract]
public interface IPayments
{
    [Task, Idempotent]
    Task BookAsync(Guid paymentId, decimal amount);
}

public sealed class PaymentWorker(IDbConnection connection) : IPayments
{
    public async Task BookAsync(Guid paymentId, decimal amount)
    {
        try
        {
            await connection.ExecuteAsync("INSERT INTO payments (payment_ref, amount) VALUES (@paymentId, @amount)", new { paymentId, amount });
        }
        catch (PostgresException e) when (e.SqlState == "23505")
        {
            // Booked by an earlier attempt.
        }
    }
}
