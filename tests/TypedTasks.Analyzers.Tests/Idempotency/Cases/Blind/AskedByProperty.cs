// The row itself says whether it waits: by a computed property, and by a method with an argument.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum TransferState
{
    Draft,
    Waiting,
    Done,
}

public sealed class TransferRow
{
    public Guid Id { get; set; }
    public TransferState State { get; private set; }
    public DateOnly Due { get; set; }

    public bool IsWaiting => State == TransferState.Waiting;

    public bool IsDue(DateOnly day) => State is TransferState.Waiting && Due <= day;

    public void Finish() => State = TransferState.Done;
}

public sealed class TransferRowContext : DbContext
{
    public DbSet<TransferRow> Rows => Set<TransferRow>();
}

[TaskContract]
public interface ITransferRows
{
    [Task, Idempotent]
    Task SendAsync(Guid row, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SendDueAsync(Guid row, DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class TransferRowWorker(TransferRowContext database, HttpClient http) : ITransferRows
{
    public async Task SendAsync(Guid row, CancellationToken cancellationToken)
    {
        TransferRow found = await database.Rows.SingleAsync(one => one.Id == row, cancellationToken);
        if (!found.IsWaiting)
        {
            return;
        }

        await http.PostAsync("/transfers", new StringContent($"{row}"), cancellationToken);
        found.Finish();
        await database.SaveChangesAsync(cancellationToken);
    }

    public async Task SendDueAsync(Guid row, DateOnly day, CancellationToken cancellationToken)
    {
        TransferRow found = await database.Rows.SingleAsync(one => one.Id == row, cancellationToken);
        if (found.IsDue(day))
        {
            await http.PostAsync("/transfers", new StringContent($"{row}"), cancellationToken);
            found.Finish();
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
