// The domain's method sets the flag that the handler asks for.
using Microsoft.EntityFrameworkCore;

public sealed class RewardAccount
{
    public Guid Id { get; set; }
    public int Points { get; private set; }
    public bool HasWelcomeBonus { get; private set; }
    public DateTimeOffset? BonusAt { get; private set; }

    public void GiveWelcomeBonus(int points, DateTimeOffset at)
    {
        Points += points;
        HasWelcomeBonus = true;
        BonusAt = at;
    }

    public void Redeem(int points) => Points -= points;
}

public sealed class RewardContext : DbContext
{
    public DbSet<RewardAccount> Accounts => Set<RewardAccount>();
}

[TaskContract]
public interface IRewards
{
    [Task, Idempotent]
    Task WelcomeAsync(Guid account, TaskContext context);

    [Task, Idempotent]
    Task RedeemAsync(Guid account, int points, CancellationToken cancellationToken = default);
}

public sealed class RewardWorker(RewardContext rewards) : IRewards
{
    public async Task WelcomeAsync(Guid account, TaskContext context)
    {
        RewardAccount found = await rewards.Accounts.SingleAsync(one => one.Id == account, context.CancellationToken);
        if (found.HasWelcomeBonus)
        {
            return;
        }

        found.GiveWelcomeBonus(100, context.EnqueuedAt);
        await rewards.SaveChangesAsync(context.CancellationToken);
    }

    public async Task RedeemAsync(Guid account, int points, CancellationToken cancellationToken)
    {
        RewardAccount found = await rewards.Accounts.SingleAsync(one => one.Id == account, cancellationToken);
        if (found.Points < points)
        {
            throw new InvalidOperationException("There are too few points");
        }

        {|TT412:found.Redeem(points)|};
        await rewards.SaveChangesAsync(cancellationToken);
    }
}
