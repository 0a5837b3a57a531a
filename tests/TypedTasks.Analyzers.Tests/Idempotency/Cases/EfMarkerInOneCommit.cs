using Microsoft.EntityFrameworkCore;

public sealed record ProcessedTask(string Id);

public sealed class Account
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
}

public sealed class Bank : DbContext
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<ProcessedTask> Processed => Set<ProcessedTask>();
}

[TaskContract]
public interface IDeposits
{
    [Task, Idempotent]
    Task DepositAsync(Guid account, decimal amount, TaskContext context = null!);
}

public sealed class DepositWorker(Bank bank) : IDeposits
{
    public async Task DepositAsync(Guid account, decimal amount, TaskContext context)
    {
        Account found = await bank.Accounts.SingleAsync(one => one.Id == account);
        found.Balance += amount;
        {|TT420:bank.Processed.Add(new ProcessedTask(context.Id.ToString()))|};
        await bank.SaveChangesAsync();
    }
}
