// A repository loads and stores; what is stored adds to what was loaded.
using Microsoft.EntityFrameworkCore;

public sealed class Wallet
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
    public string Owner { get; set; } = "";
}

public sealed class WalletContext : DbContext
{
    public DbSet<Wallet> Wallets => Set<Wallet>();
}

public interface IStore<T>
    where T : class
{
    Task<T?> FindAsync(Guid id, CancellationToken cancellationToken);

    Task UpdateAsync(T item, CancellationToken cancellationToken);
}

public sealed class EfStore<T>(WalletContext database) : IStore<T>
    where T : class
{
    public async Task<T?> FindAsync(Guid id, CancellationToken cancellationToken) => await database.Set<T>().FindAsync([id], cancellationToken);

    public async Task UpdateAsync(T item, CancellationToken cancellationToken)
    {
        database.Set<T>().Update(item);
        await database.SaveChangesAsync(cancellationToken);
    }
}

[TaskContract]
public interface IStoredWallets
{
    [Task, Idempotent]
    Task DepositAsync(Guid wallet, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task RenameAsync(Guid wallet, string owner, CancellationToken cancellationToken = default);
}

public sealed class WalletWorker(IStore<Wallet> store) : IStoredWallets
{
    public async Task DepositAsync(Guid wallet, decimal amount, CancellationToken cancellationToken)
    {
        Wallet found = await store.FindAsync(wallet, cancellationToken) ?? throw new InvalidOperationException("no wallet");
        {|TT412:found.Balance += amount|};
        await store.UpdateAsync(found, cancellationToken);
    }

    public async Task RenameAsync(Guid wallet, string owner, CancellationToken cancellationToken)
    {
        Wallet found = await store.FindAsync(wallet, cancellationToken) ?? throw new InvalidOperationException("no wallet");
        found.Owner = owner;
        await store.UpdateAsync(found, cancellationToken);
    }
}
