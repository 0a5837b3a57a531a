// Dapper behind a repository and a unit of work: the balance is read, changed and written back.
using System.Data;
using Dapper;

public sealed class Wallet
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public interface IWalletRepository
{
    Task<Wallet?> FindAsync(Guid id);
    Task UpdateAsync(Wallet wallet);
}

public sealed class WalletRepository(IDbConnection connection, IDbTransaction transaction) : IWalletRepository
{
    public Task<Wallet?> FindAsync(Guid id) =>
        connection.QuerySingleOrDefaultAsync<Wallet>("SELECT id, balance FROM wallets WHERE id = @id", new { id }, transaction);

    public Task UpdateAsync(Wallet wallet) => connection.ExecuteAsync("UPDATE wallets SET balance = @Balance WHERE id = @Id", wallet, transaction);
}

public interface IWalletUnitOfWork
{
    IWalletRepository Wallets { get; }

    void Commit();
}

[TaskContract]
public interface IWalletDeposits
{
    [Task, Idempotent]
    Task DepositAsync(Guid wallet, decimal amount);
}

public sealed class WalletDepositWorker(IWalletUnitOfWork work) : IWalletDeposits
{
    public async Task DepositAsync(Guid wallet, decimal amount)
    {
        Wallet found = await work.Wallets.FindAsync(wallet) ?? throw new InvalidOperationException("No such wallet");
        {|TT412:found.Balance += amount|};
        await work.Wallets.UpdateAsync(found);
        work.Commit();
    }
}
