// Points for a birthday, and a tier for whoever has enough of them: two updates that never load a row.
using Microsoft.EntityFrameworkCore;

public sealed class TierMember
{
    public Guid Id { get; set; }
    public int BirthMonth { get; set; }
    public int Points { get; set; }
    public string Tier { get; set; } = "basic";
    public DateOnly? TierSince { get; set; }
}

public sealed class TierContext : DbContext
{
    public DbSet<TierMember> Members => Set<TierMember>();
}

[TaskContract]
public interface ITierBatches
{
    [Task, Idempotent]
    Task BirthdayPointsAsync(int month, int points, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task PromoteAsync(DateOnly day, CancellationToken cancellationToken = default);
}

public sealed class TierBatchWorker(TierContext context) : ITierBatches
{
    private const int Gold = 10_000;

    public async Task BirthdayPointsAsync(int month, int points, CancellationToken cancellationToken)
    {
        int touched = await {|TT412:context.Members
            .Where(member => member.BirthMonth == month)
            .ExecuteUpdateAsync(setters => setters.SetProperty(member => member.Points, member => member.Points + points), cancellationToken)|};
        if (touched == 0)
        {
            throw new InvalidOperationException($"Nobody was born in month {month}.");
        }
    }

    public async Task PromoteAsync(DateOnly day, CancellationToken cancellationToken)
    {
        await context.Members
            .Where(member => member.Points >= Gold && member.Tier != "gold")
            .ExecuteUpdateAsync(
                setters => setters.SetProperty(member => member.Tier, "gold").SetProperty(member => member.TierSince, day),
                cancellationToken);
    }
}
