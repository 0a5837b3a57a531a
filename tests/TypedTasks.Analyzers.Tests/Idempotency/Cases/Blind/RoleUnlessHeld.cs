// A role is given to somebody who does not have it.
using Microsoft.EntityFrameworkCore;

public sealed class MemberRole
{
    public int Id { get; set; }
    public string Name { get; set; } = "";
}

public sealed class RoleMember
{
    public Guid Id { get; set; }
    public List<MemberRole> Roles { get; set; } = [];
}

public sealed class RoleContext : DbContext
{
    public DbSet<RoleMember> Members => Set<RoleMember>();
}

[TaskContract]
public interface IMemberRoles
{
    [Task, Idempotent]
    Task GrantAsync(Guid member, string role, CancellationToken cancellationToken = default);
}

public sealed class MemberRoleWorker(RoleContext context) : IMemberRoles
{
    public async Task GrantAsync(Guid member, string role, CancellationToken cancellationToken)
    {
        RoleMember found = await context.Members.Include(one => one.Roles).FirstAsync(one => one.Id == member, cancellationToken);
        if (found.Roles.Any(held => held.Name == role))
        {
            return;
        }

        found.Roles.Add(new MemberRole { Name = role });
        await context.SaveChangesAsync(cancellationToken);
    }
}
