// A saga that sends when all has come: the flags are set and asked in one place.
using MassTransit;
using Microsoft.EntityFrameworkCore;

public sealed class PayoutCase
{
    public string Id { get; set; } = "";
    public bool HasAmounts { get; set; }
    public bool HasTaxes { get; set; }
    public bool IsCompleted { get; set; }
}

public sealed record PayoutComplete(string Case);

public sealed class PayoutCases : DbContext
{
    public DbSet<PayoutCase> Cases => Set<PayoutCase>();
}

[TaskContract]
public interface IPayoutCases
{
    [Task, Idempotent]
    Task AmountsAsync(string id, CancellationToken cancellationToken = default);
}

public sealed class PayoutCaseWorker(PayoutCases cases, IPublishEndpoint publish) : IPayoutCases
{
    public async Task AmountsAsync(string id, CancellationToken cancellationToken)
    {
        PayoutCase? found = await cases.Cases.FindAsync([id], cancellationToken);
        if (found is null || found.IsCompleted)
        {
            return;
        }

        found.HasAmounts = true;
        if (found is { HasAmounts: true, HasTaxes: true })
        {
            await publish.Publish(new PayoutComplete(id), cancellationToken);
            found.IsCompleted = true;
        }

        await cases.SaveChangesAsync(cancellationToken);
    }
}
