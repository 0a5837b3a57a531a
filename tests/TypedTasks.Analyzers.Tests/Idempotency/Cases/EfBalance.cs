using Microsoft.EntityFrameworkCore;

public sealed class Account
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public sealed class Bank : DbContext
{
    public DbSet<Account> Accounts => Set<Account>();
}

[TaskContract]
public interface IDeposits
{
    [Task, Idempotent]
    Task DepositAsync(Guid account, decimal amount);
}

public sealed class DepositWorker(Bank bank) : IDeposits
{
    public async Task DepositAsync(Guid account, decimal amount)
    {
        Account found = await bank.Accounts.SingleAsync(one => one.Id == account);
        {|TT412:found.Balance += amount|};
        await bank.SaveChangesAsync();
    }
}
