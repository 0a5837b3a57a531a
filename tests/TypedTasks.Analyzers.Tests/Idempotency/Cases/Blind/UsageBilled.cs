// Usage of a month is billed: an item for each meter, and nothing that tells the provider of a repetition.
using Microsoft.EntityFrameworkCore;
using Stripe;

public sealed class MeterReading
{
    public long Id { get; set; }
    public Guid Tenant { get; set; }
    public string Meter { get; set; } = "";
    public long Units { get; set; }
    public DateOnly Month { get; set; }
}

public sealed class MeterContext : DbContext
{
    public DbSet<MeterReading> Readings => Set<MeterReading>();
}

[TaskContract]
public interface IUsageBilling
{
    [Task, Idempotent]
    Task BillAsync(Guid tenant, string customer, DateOnly month, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task BillWithKeysAsync(Guid tenant, string customer, DateOnly month, CancellationToken cancellationToken = default);
}

public sealed class UsageBillingWorker(MeterContext context, InvoiceItemService items) : IUsageBilling
{
    public async Task BillAsync(Guid tenant, string customer, DateOnly month, CancellationToken cancellationToken)
    {
        foreach (MeterReading reading in await ReadingsOfAsync(tenant, month, cancellationToken))
        {
            InvoiceItemCreateOptions options = new() { Customer = customer, Amount = reading.Units * PriceOf(reading.Meter) };
            await {|TT410:items.CreateAsync(options, cancellationToken: cancellationToken)|};
        }
    }

    public async Task BillWithKeysAsync(Guid tenant, string customer, DateOnly month, CancellationToken cancellationToken)
    {
        foreach (MeterReading reading in await ReadingsOfAsync(tenant, month, cancellationToken))
        {
            await items.CreateAsync(
                new InvoiceItemCreateOptions { Customer = customer, Amount = reading.Units * PriceOf(reading.Meter) },
                new RequestOptions { IdempotencyKey = $"{tenant}-{month:yyyy-MM}-{reading.Meter}" },
                cancellationToken);
        }
    }

    private Task<List<MeterReading>> ReadingsOfAsync(Guid tenant, DateOnly month, CancellationToken cancellationToken) =>
        context.Readings.AsNoTracking().Where(one => one.Tenant == tenant && one.Month == month).ToListAsync(cancellationToken);

    private static long PriceOf(string meter) => meter switch
    {
        "storage" => 2,
        "traffic" => 5,
        _ => 1,
    };
}
