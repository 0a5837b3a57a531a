// Dapper by a command definition; what is written is a debt that grows.
using System.Data;
using Dapper;

[TaskContract]
public interface IDebts
{
    [Task, Idempotent]
    Task AddAsync(Guid customer, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task AddOnceAsync(Guid customer, Guid invoice, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class DebtWorker(IDbConnection connection) : IDebts
{
    public async Task AddAsync(Guid customer, decimal amount, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE customers SET debt = debt + @amount, updated_at = CURRENT_TIMESTAMP WHERE id = @customer";
        CommandDefinition command = new(Sql, new { customer, amount }, cancellationToken: cancellationToken);
        await {|TT412:connection.ExecuteAsync(command)|};
    }

    public async Task AddOnceAsync(Guid customer, Guid invoice, decimal amount, CancellationToken cancellationToken)
    {
        const string Sql = "UPDATE customers SET debt = debt + @amount, last_invoice = @invoice WHERE id = @customer AND (last_invoice IS NULL OR last_invoice <> @invoice)";
        await connection.ExecuteAsync(new CommandDefinition(Sql, new { customer, invoice, amount }, cancellationToken: cancellationToken));
    }
}
