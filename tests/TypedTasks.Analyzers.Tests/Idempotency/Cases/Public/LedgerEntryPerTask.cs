// A ledger takes entries and is never changed: each under the number of the task that makes it.
using Microsoft.EntityFrameworkCore;

public sealed class LedgerLine
{
    public Guid Id { get; set; }
    public Guid Account { get; set; }
    public decimal Amount { get; set; }
}

public sealed class LedgerBook : DbContext
{
    public DbSet<LedgerLine> Lines => Set<LedgerLine>();
}

[TaskContract]
public interface ILedgerLines
{
    [Task, Idempotent]
    Task BookAsync(Guid booking, Guid account, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class LedgerLineWorker(LedgerBook ledger) : ILedgerLines
{
    public async Task BookAsync(Guid booking, Guid account, decimal amount, CancellationToken cancellationToken)
    {
        try
        {
            ledger.Lines.Add(new LedgerLine { Id = booking, Account = account, Amount = amount });
            await ledger.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException) when (ledger.Lines.Any(line => line.Id == booking))
        {
            // Booked before.
        }
    }
}
