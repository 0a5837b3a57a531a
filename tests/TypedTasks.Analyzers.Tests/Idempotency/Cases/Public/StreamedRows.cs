// Rows come one by one, and each gets interest on what it has.
using Microsoft.EntityFrameworkCore;

public sealed class SavingsAccount
{
    public int Id { get; set; }
    public decimal Balance { get; set; }
    public int InterestYear { get; set; }
}

public sealed class SavingsContext : DbContext
{
    public DbSet<SavingsAccount> Accounts => Set<SavingsAccount>();
}

[TaskContract]
public interface IInterest
{
    [Task, Idempotent]
    Task PayAsync(decimal rate, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PayForAsync(int year, decimal rate, CancellationToken cancellationToken = default);
}

public sealed class InterestWorker(SavingsContext savings) : IInterest
{
    public async Task PayAsync(decimal rate, CancellationToken cancellationToken)
    {
        await foreach (SavingsAccount account in savings.Accounts.AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            {|TT412:account.Balance *= 1 + rate|};
        }

        await savings.SaveChangesAsync(cancellationToken);
    }

    public async Task PayForAsync(int year, decimal rate, CancellationToken cancellationToken)
    {
        foreach (SavingsAccount account in savings.Accounts.Where(one => one.InterestYear < year))
        {
            if (account.InterestYear == year)
            {
                continue;
            }

            account.Balance *= 1 + rate;
            account.InterestYear = year;
        }

        await savings.SaveChangesAsync(cancellationToken);
    }
}
