// The inbox: the message's id is a row of the same transaction as the work.
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class InboxEntry
{
    public string Id { get; set; } = "";
}

public sealed class LoyaltyAccount
{
    public Guid Id { get; set; }
    public int Points { get; set; }
}

public sealed class LoyaltyContext : DbContext
{
    public DbSet<InboxEntry> Inbox => Set<InboxEntry>();
    public DbSet<LoyaltyAccount> Accounts => Set<LoyaltyAccount>();
}

[TaskContract]
public interface ILoyaltyPoints
{
    [Task, Idempotent]
    Task AwardAsync(Guid account, int points, TaskContext context);
}

public sealed class LoyaltyPointWorker(LoyaltyContext loyalty) : ILoyaltyPoints
{
    public async Task AwardAsync(Guid account, int points, TaskContext context)
    {
        await using IDbContextTransaction transaction = await loyalty.Database.BeginTransactionAsync(context.CancellationToken);
        if (await loyalty.Inbox.AnyAsync(entry => entry.Id == context.Id.ToString(), context.CancellationToken))
        {
            return;
        }

        loyalty.Inbox.Add(new InboxEntry { Id = context.Id.ToString() });
        LoyaltyAccount found = await loyalty.Accounts.SingleAsync(one => one.Id == account, context.CancellationToken);
        found.Points += points;
        await loyalty.SaveChangesAsync(context.CancellationToken);
        await transaction.CommitAsync(context.CancellationToken);
    }
}
