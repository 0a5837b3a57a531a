// A worker that opens a scope of services for each piece, as singletons must.
using Microsoft.EntityFrameworkCore;

public sealed class Campaign
{
    public int Id { get; set; }
    public int Sent { get; set; }
    public string State { get; set; } = "";
}

public sealed class CampaignContext : DbContext
{
    public DbSet<Campaign> Campaigns => Set<Campaign>();
}

[TaskContract]
public interface ICampaigns
{
    [Task, Idempotent]
    Task CountAsync(int campaign, int sent, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task CloseAsync(int campaign, CancellationToken cancellationToken = default);
}

public sealed class CampaignWorker(IServiceScopeFactory scopes) : ICampaigns
{
    public async Task CountAsync(int campaign, int sent, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        CampaignContext context = scope.ServiceProvider.GetRequiredService<CampaignContext>();
        Campaign? found = await context.Campaigns.FindAsync([campaign], cancellationToken);
        if (found != null)
        {
            {|TT412:found.Sent += sent|};
            await context.SaveChangesAsync(cancellationToken);
        }
    }

    public async Task CloseAsync(int campaign, CancellationToken cancellationToken)
    {
        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        CampaignContext context = scope.ServiceProvider.GetRequiredService<CampaignContext>();
        Campaign? found = await context.Campaigns.FindAsync([campaign], cancellationToken);
        if (found is { State: not "closed" })
        {
            found.State = "closed";
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}
