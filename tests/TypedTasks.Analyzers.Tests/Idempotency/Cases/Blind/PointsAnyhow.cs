// Points credited through a service and an entity's method, with nothing that would know of the first time.
using Microsoft.EntityFrameworkCore;

public sealed class Membership
{
    public Guid Id { get; private set; }
    public int Points { get; private set; }
    public string Tier { get; private set; } = "basic";

    public void Earn(int points)
    {
        Points += points;
        if (Points > 1000)
        {
            Tier = "gold";
        }
    }
}

public sealed class MembershipContext : DbContext
{
    public DbSet<Membership> Memberships => Set<Membership>();
}

public interface IMembershipService
{
    Task EarnAsync(Guid member, int points, CancellationToken cancellationToken);
}

public sealed class MembershipService(MembershipContext context) : IMembershipService
{
    public async Task EarnAsync(Guid member, int points, CancellationToken cancellationToken)
    {
        Membership? found = await context.Memberships.FirstOrDefaultAsync(one => one.Id == member, cancellationToken)
            ?? throw new InvalidOperationException($"No member {member}");
        found.Earn(points);
        await context.SaveChangesAsync(cancellationToken);
    }
}

[TaskContract]
public interface IMembershipPoints
{
    [Task, Idempotent]
    Task OrderPaidAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken = default);
}

public sealed class MembershipPointWorker(IMembershipService members) : IMembershipPoints
{
    public async Task OrderPaidAsync(Guid order, Guid member, decimal total, CancellationToken cancellationToken)
    {
        int points = (int)Math.Floor(total / 10);
        if (points == 0)
        {
            return;
        }

        await {|TT412:members.EarnAsync(member, points, cancellationToken)|};
    }
}
