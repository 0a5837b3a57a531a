// A decorator asks its cache first; what is found is changed and stored.
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

public sealed class Profile
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public int Visits { get; set; }
}

public sealed class ProfileContext : DbContext
{
    public DbSet<Profile> Profiles => Set<Profile>();
}

public interface IProfiles
{
    Task<Profile?> FindAsync(Guid id, CancellationToken cancellationToken);

    Task SaveAsync(Profile profile, CancellationToken cancellationToken);
}

public sealed class EfProfiles(ProfileContext database) : IProfiles
{
    public async Task<Profile?> FindAsync(Guid id, CancellationToken cancellationToken) => await database.Profiles.FindAsync([id], cancellationToken);

    public async Task SaveAsync(Profile profile, CancellationToken cancellationToken)
    {
        database.Profiles.Update(profile);
        await database.SaveChangesAsync(cancellationToken);
    }
}

public sealed class CachedProfiles(IProfiles inner, IMemoryCache cache) : IProfiles
{
    public Task<Profile?> FindAsync(Guid id, CancellationToken cancellationToken) => cache.GetOrCreateAsync($"profile:{id}", _ => inner.FindAsync(id, cancellationToken))!;

    public async Task SaveAsync(Profile profile, CancellationToken cancellationToken)
    {
        await inner.SaveAsync(profile, cancellationToken);
        cache.Remove($"profile:{profile.Id}");
    }
}

[TaskContract]
public interface IProfileJobs
{
    [Task, Idempotent]
    Task RenameAsync(Guid profile, string name, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task VisitAsync(Guid profile, CancellationToken cancellationToken = default);
}

public sealed class ProfileWorker(IProfiles profiles) : IProfileJobs
{
    public async Task RenameAsync(Guid profile, string name, CancellationToken cancellationToken)
    {
        if (await profiles.FindAsync(profile, cancellationToken) is { } found && found.Name != name)
        {
            found.Name = name;
            await profiles.SaveAsync(found, cancellationToken);
        }
    }

    public async Task VisitAsync(Guid profile, CancellationToken cancellationToken)
    {
        Profile found = await profiles.FindAsync(profile, cancellationToken) ?? throw new InvalidOperationException("no profile");
        {|TT412:found.Visits++|};
        await profiles.SaveAsync(found, cancellationToken);
    }
}
