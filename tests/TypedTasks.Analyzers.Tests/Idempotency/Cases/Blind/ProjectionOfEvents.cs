// A read model: it is written only where the event is newer than what was written last.
using Microsoft.EntityFrameworkCore;

public sealed class BalanceView
{
    public Guid Id { get; set; }
    public decimal Balance { get; set; }
    public long LastEvent { get; set; }
}

public sealed class ViewContext : DbContext
{
    public DbSet<BalanceView> Balances => Set<BalanceView>();
}

[TaskContract]
public interface IBalanceViews
{
    [Task, Idempotent]
    Task ApplyAsync(Guid account, decimal change, long number, CancellationToken cancellationToken = default);
}

public sealed class BalanceViewWorker(ViewContext context) : IBalanceViews
{
    public async Task ApplyAsync(Guid account, decimal change, long number, CancellationToken cancellationToken)
    {
        BalanceView view = await context.Balances.SingleAsync(one => one.Id == account, cancellationToken);
        if (number <= view.LastEvent)
        {
            return;
        }

        view.Balance += change;
        view.LastEvent = number;
        await context.SaveChangesAsync(cancellationToken);
    }
}
