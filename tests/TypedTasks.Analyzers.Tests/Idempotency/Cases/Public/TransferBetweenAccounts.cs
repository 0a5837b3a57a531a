// Money moves between two accounts in a transaction; nothing says that it has moved.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class CashAccount
{
    public Guid Id { get; private set; }
    public decimal Balance { get; private set; }

    public void Withdraw(decimal amount)
    {
        if (amount > Balance)
        {
            throw new InvalidOperationException("There is too little");
        }

        Balance -= amount;
    }

    public void Deposit(decimal amount) => Balance += amount;
}

public sealed class CashContext : DbContext
{
    public DbSet<CashAccount> Accounts => Set<CashAccount>();
}

[TaskContract]
public interface ICashTransfers
{
    [Task, Idempotent]
    Task TransferAsync(Guid from, Guid to, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class CashTransferWorker(CashContext context) : ICashTransfers
{
    public async Task TransferAsync(Guid from, Guid to, decimal amount, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        Dictionary<Guid, CashAccount> accounts = (await context.Accounts.Where(one => one.Id == from || one.Id == to).ToListAsync(cancellationToken)).ToDictionary(one => one.Id);
        {|TT412:accounts[from].Withdraw(amount)|};
        {|TT412:accounts[to].Deposit(amount)|};
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
