// Helpers that are given the loaded object, one that adds to it and one that sets it.
using Microsoft.EntityFrameworkCore;

public sealed class Wallet
{
    public Guid Id { get; set; }
    public decimal? Balance { get; set; }
    public string Currency { get; set; } = "EUR";
    public List<WalletEntry> Entries { get; } = [];
}

public sealed class WalletEntry
{
    public int Id { get; set; }
    public decimal Amount { get; set; }
}

public sealed class WalletContext : DbContext
{
    public DbSet<Wallet> Wallets => Set<Wallet>();
}

[TaskContract]
public interface IWallets
{
    [Task, Idempotent]
    Task TopUpAsync(Guid wallet, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ConvertAsync(Guid wallet, string currency, CancellationToken cancellationToken = default);
}

public sealed class WalletWorker(WalletContext wallets) : IWallets
{
    public async Task TopUpAsync(Guid wallet, decimal amount, CancellationToken cancellationToken)
    {
        Wallet found = await LoadAsync(wallet, cancellationToken);
        {|TT412:Apply(found, amount)|};
        {|TT411:Record(found.Entries, amount)|};
        await wallets.SaveChangesAsync(cancellationToken);
    }

    public async Task ConvertAsync(Guid wallet, string currency, CancellationToken cancellationToken)
    {
        Wallet found = await LoadAsync(wallet, cancellationToken);
        SetCurrency(found, currency);
        await wallets.SaveChangesAsync(cancellationToken);
    }

    private Task<Wallet> LoadAsync(Guid wallet, CancellationToken stop) => wallets.Wallets.Include(one => one.Entries).SingleAsync(one => one.Id == wallet, stop);

    private static void Apply(Wallet wallet, decimal amount) => wallet.Balance += amount;

    private static void Record(List<WalletEntry> entries, decimal amount) => entries.Add(new WalletEntry { Amount = amount });

    private static void SetCurrency(Wallet wallet, string currency) => wallet.Currency = currency.ToUpperInvariant();
}
