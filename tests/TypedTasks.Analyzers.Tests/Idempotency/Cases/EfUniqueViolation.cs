using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

public sealed class Subscription
{
    public int Id { get; set; }
    public Guid User { get; set; }
}

public sealed class Crm : DbContext
{
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
}

[TaskContract]
public interface ISubscriptions
{
    [Task, Idempotent]
    Task SubscribeAsync(Guid user);
}

public sealed class SubscriptionWorker(Crm crm, ILogger<SubscriptionWorker> log) : ISubscriptions
{
    public async Task SubscribeAsync(Guid user)
    {
        try
        {
            crm.Subscriptions.Add(new Subscription { User = user });
            await crm.SaveChangesAsync();
        }
        catch (DbUpdateException e)
        {
            log.LogInformation(e, "{User} has subscribed already", user);
        }
    }
}
