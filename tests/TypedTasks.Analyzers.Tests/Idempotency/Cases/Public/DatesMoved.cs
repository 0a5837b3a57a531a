// A subscription's dates are moved on by what they were: a second run moves them once more.
using Microsoft.EntityFrameworkCore;

public sealed class Subscriber
{
    public Guid Id { get; set; }
    public DateTimeOffset? PeriodEnd { get; set; }
    public DateTimeOffset Renews { get; set; }
    public bool IsSuspended { get; set; }
    public string Notes { get; set; } = "";
    public string Plan { get; set; } = "";
}

public sealed class SubscriberContext : DbContext
{
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();
}

[TaskContract]
public interface ISubscriberDates
{
    [Task, Idempotent]
    Task ExtendAsync(Guid subscriber, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ToggleAsync(Guid subscriber, string reason, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task SetAsync(Guid subscriber, DateTimeOffset end, string plan, CancellationToken cancellationToken = default);
}

public sealed class SubscriberDateWorker(SubscriberContext context) : ISubscriberDates
{
    public async Task ExtendAsync(Guid subscriber, CancellationToken cancellationToken)
    {
        Subscriber found = await context.Subscribers.SingleAsync(one => one.Id == subscriber, cancellationToken);
        if (found.PeriodEnd is not null)
        {
            {|TT412:found.PeriodEnd += TimeSpan.FromDays(30)|};
        }

        {|TT412:found.Renews = found.Renews.AddMonths(1)|};
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task ToggleAsync(Guid subscriber, string reason, CancellationToken cancellationToken)
    {
        Subscriber found = await context.Subscribers.SingleAsync(one => one.Id == subscriber, cancellationToken);
        {|TT412:found.IsSuspended = !found.IsSuspended|};
        {|TT412:found.Notes = $"{found.Notes}\n{reason}"|};
        await context.SaveChangesAsync(cancellationToken);
    }

    public async Task SetAsync(Guid subscriber, DateTimeOffset end, string plan, CancellationToken cancellationToken)
    {
        Subscriber found = await context.Subscribers.SingleAsync(one => one.Id == subscriber, cancellationToken);
        found.PeriodEnd = end;
        found.Renews = end.AddDays(1);
        found.IsSuspended = false;
        found.Plan = plan.Trim();
        await context.SaveChangesAsync(cancellationToken);
    }
}
