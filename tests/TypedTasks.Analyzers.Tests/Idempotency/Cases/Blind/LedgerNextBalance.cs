// The balance after a refund is worked out of the balance before, by kind of account, and stored.
using Microsoft.EntityFrameworkCore;

public enum Side
{
    Asset,
    Liability,
}

public sealed class LedgerAccount
{
    public Guid Id { get; set; }
    public Side Side { get; set; }
    public decimal Balance { get; set; }
}

public sealed class LedgerContext : DbContext
{
    public DbSet<LedgerAccount> Accounts => Set<LedgerAccount>();
}

[TaskContract]
public interface ILedgerRefunds
{
    [Task, Idempotent]
    Task RefundAsync(Guid account, Guid refund, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class LedgerRefundWorker(LedgerContext ledger) : ILedgerRefunds
{
    public async Task RefundAsync(Guid account, Guid refund, decimal amount, CancellationToken cancellationToken)
    {
        LedgerAccount found = await ledger.Accounts.SingleAsync(one => one.Id == account, cancellationToken);
        decimal next = found switch
        {
            { Side: Side.Asset } => found.Balance - amount,
            { Side: Side.Liability, Balance: var before } => before + amount,
            _ => throw new InvalidOperationException($"{account} has no side."),
        };
        {|TT412:found.Balance = next|};
        await ledger.SaveChangesAsync(cancellationToken);
    }
}
