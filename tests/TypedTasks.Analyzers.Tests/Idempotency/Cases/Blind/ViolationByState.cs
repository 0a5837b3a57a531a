// A unique index refuses the second row, and the filter knows which failure that is.
using Dapper;
using System.Data;
using Npgsql;

[TaskContract]
public interface IInvoiceNumbers
{
    [Task, Idempotent]
    Task TakeAsync(Guid order, int number);
}

public sealed class InvoiceNumberWorker(IDbConnection connection) : IInvoiceNumbers
{
    private const string UniqueViolation = "23505";

    public async Task TakeAsync(Guid order, int number)
    {
        try
        {
            await connection.ExecuteAsync("INSERT INTO invoice_numbers (order_ref, number) VALUES (@order, @number)", new { order, number });
        }
        catch (PostgresException e) when (e.SqlState == UniqueViolation)
        {
            Console.WriteLine($"{order} has its number");
        }
    }
}
