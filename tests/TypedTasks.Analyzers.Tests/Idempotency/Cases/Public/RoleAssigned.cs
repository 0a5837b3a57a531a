// Who has a role is given none again; the membership is named by the two it joins.
using Microsoft.EntityFrameworkCore;

public sealed class Membership
{
    public Guid UserId { get; set; }
    public Guid RoleId { get; set; }
}

public sealed class MembershipContext : DbContext
{
    public DbSet<Membership> Memberships => Set<Membership>();
}

[TaskContract]
public interface IRoleAssignments
{
    [Task, Idempotent]
    Task AssignAsync(Guid user, Guid[] roles, CancellationToken cancellationToken = default);
}

public sealed class RoleAssignmentWorker(MembershipContext context) : IRoleAssignments
{
    public async Task AssignAsync(Guid user, Guid[] roles, CancellationToken cancellationToken)
    {
        List<Membership> present = await context.Memberships.Where(one => one.UserId == user).ToListAsync(cancellationToken);
        foreach (Guid role in roles.Except(present.Select(one => one.RoleId)))
        {
            context.Memberships.Add(new Membership { UserId = user, RoleId = role });
        }

        context.Memberships.RemoveRange(present.Where(one => !roles.Contains(one.RoleId)));
        await context.SaveChangesAsync(cancellationToken);
    }
}
