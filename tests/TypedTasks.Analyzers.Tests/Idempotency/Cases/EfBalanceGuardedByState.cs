using Microsoft.EntityFrameworkCore;

public enum DepositState
{
    Pending,
    Applied,
}

public sealed class Deposit
{
    public Guid Id { get; set; }
    public DepositState State { get; set; }
    public decimal Amount { get; set; }
    public Account Account { get; set; } = null!;
}

public sealed class Account
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public sealed class Bank : DbContext
{
    public DbSet<Deposit> Deposits => Set<Deposit>();
}

[TaskContract]
public interface IDeposits
{
    [Task, Idempotent]
    Task ApplyAsync(Guid deposit);
}

public sealed class DepositWorker(Bank bank) : IDeposits
{
    public async Task ApplyAsync(Guid deposit)
    {
        Deposit? found = await bank.Deposits.FirstOrDefaultAsync(one => one.Id == deposit);
        if (found is not { State: DepositState.Pending })
        {
            return;
        }

        found.Account.Balance += found.Amount;
        found.State = DepositState.Applied;
        await bank.SaveChangesAsync();
    }
}
