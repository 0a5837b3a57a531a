// The module may be switched off; what is overdue is marked, once, by its state.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public enum BillState
{
    Open,
    Overdue,
    Paid,
}

public sealed class Bill
{
    public int Id { get; set; }
    public BillState State { get; set; }
    public DateOnly Due { get; set; }
    public int Reminders { get; set; }

    public bool MarkOverdue()
    {
        if (State != BillState.Open)
        {
            return false;
        }

        State = BillState.Overdue;
        Reminders++;
        return true;
    }
}

public sealed class BillContext : DbContext
{
    public DbSet<Bill> Bills => Set<Bill>();
}

public interface IModuleSettings
{
    Task<bool> IsEnabledAsync(string module, CancellationToken cancellationToken);
}

public interface IOverdueService
{
    Task<int> MarkAsync(DateOnly day, CancellationToken cancellationToken);
}

public sealed class OverdueService(BillContext database) : IOverdueService
{
    public async Task<int> MarkAsync(DateOnly day, CancellationToken cancellationToken)
    {
        List<Bill> open = await database.Bills.Where(bill => bill.State == BillState.Open && bill.Due < day).ToListAsync(cancellationToken);
        int marked = open.Count(bill => bill.MarkOverdue());
        await database.SaveChangesAsync(cancellationToken);
        return marked;
    }
}

[TaskContract]
public interface IOverdueBills
{
    [Task, Idempotent]
    Task MarkAsync(DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class OverdueBillWorker(IOverdueService service, IModuleSettings modules, ILogger<OverdueBillWorker> logger) : IOverdueBills
{
    public async Task MarkAsync(DateOnly day, CancellationToken cancellationToken)
    {
        if (!await modules.IsEnabledAsync("finance", cancellationToken))
        {
            logger.LogInformation("The module is off");
            return;
        }

        try
        {
            logger.LogInformation("{Count} are overdue", await service.MarkAsync(day, cancellationToken));
        }
        catch (Exception e)
        {
            logger.LogError(e, "Not marked");
            throw;
        }
    }
}
