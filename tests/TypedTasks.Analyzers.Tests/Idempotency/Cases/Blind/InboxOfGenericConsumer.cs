// A generic consumer looks into the inbox, runs the work and the mark in one transaction; the handler only says what the work is.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class InboxState
{
    public Guid MessageId { get; set; }
    public string Consumer { get; set; } = "";
}

public sealed class Subscription
{
    public int Number { get; set; }
    public string Plan { get; set; } = "";
}

public sealed class SubscriptionContext : DbContext
{
    public DbSet<InboxState> Inbox => Set<InboxState>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
}

public abstract class InboxConsumer<TMessage>(SubscriptionContext database)
{
    protected SubscriptionContext Database => database;

    protected async Task ConsumeAsync(Guid id, TMessage message, CancellationToken cancellationToken)
    {
        string consumer = GetType().Name;
        if (await database.Inbox.AnyAsync(one => one.MessageId == id && one.Consumer == consumer, cancellationToken))
        {
            return;
        }

        await using IDbContextTransaction transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        database.Inbox.Add(new InboxState { MessageId = id, Consumer = consumer });
        await WorkAsync(message, cancellationToken);
        await database.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    protected abstract Task WorkAsync(TMessage message, CancellationToken cancellationToken);
}

[TaskContract]
public interface ISubscriptions
{
    [Task, Idempotent]
    Task StartAsync(Guid message, string plan, CancellationToken cancellationToken = default);
}

public sealed class SubscriptionStarter(SubscriptionContext database) : InboxConsumer<string>(database), ISubscriptions
{
    public Task StartAsync(Guid message, string plan, CancellationToken cancellationToken) => ConsumeAsync(message, plan, cancellationToken);

    protected override Task WorkAsync(string message, CancellationToken cancellationToken)
    {
        Database.Subscriptions.Add(new Subscription { Plan = message });
        return Task.CompletedTask;
    }
}
