// The inbox as most write it by hand: looked up, done, and noted in the same transaction.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class ProcessedMessage
{
    public Guid MessageId { get; set; }
    public DateTime ProcessedAt { get; set; }
}

public sealed class PointAccount
{
    public Guid Id { get; set; }
    public int Points { get; set; }
}

public sealed class PointContext : DbContext
{
    public DbSet<ProcessedMessage> ProcessedMessages => Set<ProcessedMessage>();
    public DbSet<PointAccount> PointAccounts => Set<PointAccount>();
}

[TaskContract]
public interface IPointCredits
{
    [Task, Idempotent]
    Task CreditAsync(Guid messageId, Guid account, int points, CancellationToken cancellationToken = default);
}

public sealed class PointCreditWorker(IDbContextFactory<PointContext> contexts) : IPointCredits
{
    public async Task CreditAsync(Guid messageId, Guid account, int points, CancellationToken cancellationToken)
    {
        await using PointContext context = await contexts.CreateDbContextAsync(cancellationToken);
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        bool seen = await context.ProcessedMessages.AnyAsync(message => message.MessageId == messageId, cancellationToken);
        if (seen)
        {
            return;
        }

        PointAccount found = await context.PointAccounts.SingleAsync(one => one.Id == account, cancellationToken);
        found.Points += points;
        context.ProcessedMessages.Add(new ProcessedMessage { MessageId = messageId, ProcessedAt = DateTime.UtcNow });
        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
