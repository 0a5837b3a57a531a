// A service asks the store, and says what it found; the handler goes by that.
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public enum DeliveryPhase
{
    Created,
    Announced,
}

public sealed class DeliveryRow
{
    public Guid Id { get; set; }
    public DeliveryPhase Phase { get; set; }
}

public sealed class DeliveryRowContext : DbContext
{
    public DbSet<DeliveryRow> Rows => Set<DeliveryRow>();
}

public sealed class DeliveryLedger(DeliveryRowContext database)
{
    public async Task<bool> IsAnnouncedAsync(Guid delivery, CancellationToken cancellationToken)
    {
        DeliveryRow? row = await database.Rows.FirstOrDefaultAsync(one => one.Id == delivery, cancellationToken);
        return row is { Phase: DeliveryPhase.Announced };
    }

    public async Task MarkAnnouncedAsync(Guid delivery, CancellationToken cancellationToken) =>
        await database.Rows.Where(one => one.Id == delivery).ExecuteUpdateAsync(set => set.SetProperty(one => one.Phase, DeliveryPhase.Announced), cancellationToken);
}

[TaskContract]
public interface IDeliveryAnnouncements
{
    [Task, Idempotent]
    Task AnnounceAsync(Guid delivery, CancellationToken cancellationToken = default);
}

public sealed class DeliveryAnnouncer(DeliveryLedger ledger, HttpClient http) : IDeliveryAnnouncements
{
    public async Task AnnounceAsync(Guid delivery, CancellationToken cancellationToken)
    {
        if (await ledger.IsAnnouncedAsync(delivery, cancellationToken))
        {
            return;
        }

        await http.PostAsync("/announcements", new StringContent($"{delivery}"), cancellationToken);
        await ledger.MarkAnnouncedAsync(delivery, cancellationToken);
    }
}
