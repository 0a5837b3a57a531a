// The period of a subscription is followed by the next one, as a value.
using Microsoft.EntityFrameworkCore;

public readonly record struct Period(DateOnly Start, DateOnly End)
{
    public Period Next() => new(End, End.AddMonths(1));
}

public sealed class Membership
{
    public Guid Id { get; set; }
    public Period Period { get; set; }
}

public sealed class MembershipContext : DbContext
{
    public DbSet<Membership> Memberships => Set<Membership>();
}

[TaskContract]
public interface IMemberships
{
    [Task, Idempotent]
    Task RenewAsync(Guid membership, CancellationToken cancellationToken = default);
}

public sealed class MembershipWorker(MembershipContext members) : IMemberships
{
    public async Task RenewAsync(Guid membership, CancellationToken cancellationToken)
    {
        if (await members.Memberships.FirstOrDefaultAsync(one => one.Id == membership, cancellationToken) is not { } found)
        {
            return;
        }

        {|TT412:found.Period = found.Period.Next()|};
        await members.SaveChangesAsync(cancellationToken);
    }
}
