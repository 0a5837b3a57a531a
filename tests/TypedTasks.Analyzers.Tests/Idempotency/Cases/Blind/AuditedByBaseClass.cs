// A base class of all workers of a house, which writes down what they did.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public interface IHasNumber
{
    long Id { get; }
}

public sealed class AuditEntry : IHasNumber
{
    public long Id { get; set; }
    public string Actor { get; set; } = "";
    public string Action { get; set; } = "";
    public Guid Subject { get; set; }
}

public sealed class TenantSettings
{
    public Guid Id { get; set; }
    public string Plan { get; set; } = "";
    public int Seats { get; set; }
}

public sealed class TenantContext : DbContext
{
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<TenantSettings> Tenants => Set<TenantSettings>();
}

public abstract class AuditedWorker<TContext>(TContext context, ILogger log)
    where TContext : DbContext
{
    protected TContext Database { get; } = context;

    protected async Task AppendAsync<T>(T entry, CancellationToken cancellationToken)
        where T : class, IHasNumber
    {
        Database.Set<T>().Add(entry);
        await Database.SaveChangesAsync(cancellationToken);
        log.LogDebug("Entry {Number} written", entry.Id);
    }
}

[TaskContract]
public interface ITenantPlans
{
    [Task, Idempotent]
    Task ChangeAsync(Guid tenant, string plan, int seats, CancellationToken cancellationToken = default);
}

public sealed class TenantPlanWorker(TenantContext context, ILogger<TenantPlanWorker> log) : AuditedWorker<TenantContext>(context, log), ITenantPlans
{
    public async Task ChangeAsync(Guid tenant, string plan, int seats, CancellationToken cancellationToken)
    {
        TenantSettings settings = await Database.Tenants.SingleAsync(one => one.Id == tenant, cancellationToken);
        settings.Plan = plan;
        settings.Seats = Math.Max(seats, 1);
        await {|TT411:AppendAsync(new AuditEntry { Actor = "billing", Action = $"plan:{plan}", Subject = tenant }, cancellationToken)|};
    }
}
