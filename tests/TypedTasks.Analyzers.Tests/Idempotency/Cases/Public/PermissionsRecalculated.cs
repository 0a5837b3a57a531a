// A set difference: what should be there is added, what should not be is removed, in one transaction.
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

public sealed class Permission
{
    public int Id { get; set; }
    public Guid User { get; set; }
    public string Name { get; set; } = "";
}

public sealed class PermissionContext : DbContext
{
    public DbSet<Permission> Permissions => Set<Permission>();
}

[TaskContract]
public interface IPermissions
{
    [Task, Idempotent]
    Task SetAsync(Guid user, string[] names, CancellationToken cancellationToken = default);
}

public sealed class PermissionWorker(PermissionContext context) : IPermissions
{
    public async Task SetAsync(Guid user, string[] names, CancellationToken cancellationToken)
    {
        await using IDbContextTransaction transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        List<Permission> present = await context.Permissions.Where(one => one.User == user).ToListAsync(cancellationToken);
        context.Permissions.RemoveRange(present.Where(one => !names.Contains(one.Name)));
        foreach (string name in names)
        {
            if (present.Any(one => one.Name == name))
            {
                continue;
            }

            context.Permissions.Add(new Permission { User = user, Name = name });
        }

        await context.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
