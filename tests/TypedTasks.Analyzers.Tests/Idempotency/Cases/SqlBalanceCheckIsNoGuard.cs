using System.Data;
using Dapper;

[TaskContract]
public interface IWallets
{
    [Task, Idempotent]
    Task DebitAsync(Guid wallet, decimal amount);
}

public sealed class WalletWorker(IDbConnection connection) : IWallets
{
    public async Task DebitAsync(Guid wallet, decimal amount) =>
        await {|TT412:connection.ExecuteAsync("UPDATE wallets SET balance = balance - @amount WHERE id = @wallet AND balance >= @amount", new { wallet, amount })|};
}
