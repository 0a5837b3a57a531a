// A transaction within an execution strategy: the whole lambda is run again by it, and by the queue.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class GiftCard
{
    public Guid Id { get; set; }
    public decimal Remaining { get; set; }
}

public sealed class GiftCardUse
{
    public Guid Id { get; set; }
    public Guid Card { get; set; }
    public decimal Amount { get; set; }
}

public sealed class GiftContext : DbContext
{
    public DbSet<GiftCard> Cards => Set<GiftCard>();
    public DbSet<GiftCardUse> Uses => Set<GiftCardUse>();
}

[TaskContract]
public interface IGiftCards
{
    [Task, Idempotent]
    Task RedeemAsync(Guid use, Guid card, decimal amount, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task ChargeAsync(Guid card, decimal amount, CancellationToken cancellationToken = default);
}

public sealed class GiftCardWorker(GiftContext context) : IGiftCards
{
    public async Task RedeemAsync(Guid use, Guid card, decimal amount, CancellationToken cancellationToken)
    {
        IExecutionStrategy strategy = context.Database.CreateExecutionStrategy();
        await strategy.ExecuteAsync(async () =>
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            if (await context.Uses.AnyAsync(one => one.Id == use, cancellationToken))
            {
                return;
            }

            GiftCard found = await context.Cards.SingleAsync(one => one.Id == card, cancellationToken);
            found.Remaining -= amount;
            context.Uses.Add(new GiftCardUse { Id = use, Card = card, Amount = amount });
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }

    public async Task ChargeAsync(Guid card, decimal amount, CancellationToken cancellationToken)
    {
        IExecutionStrategy strategy = context.Database.CreateExecutionStrategy();
        await strategy.ExecuteAsync(async () =>
        {
            await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            GiftCard found = await context.Cards.SingleAsync(one => one.Id == card, cancellationToken);
            {|TT412:found.Remaining -= amount|};
            await context.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        });
    }
}
