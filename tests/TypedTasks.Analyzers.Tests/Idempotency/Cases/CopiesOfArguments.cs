// What is stored is a copy of what the task brought: its key came with it.
using Marten;
using Microsoft.EntityFrameworkCore;

public sealed record Ringing
{
    public int Id { get; init; }
    public string Ring { get; init; } = "";
}

public sealed class BirdContext : DbContext
{
    public DbSet<Ringing> Ringings => Set<Ringing>();
}

public sealed record Sighting
{
    public Guid Id { get; init; }
    public string Bird { get; init; } = "";
}

[TaskContract]
public interface IBirdWatching
{
    [Task, Idempotent]
    Task SightedAsync(Sighting sighting);

    [Task, Idempotent]
    Task RingedAsync(Ringing ringing);
}

public sealed class BirdWatchingWorker(IDocumentSession session, BirdContext birds) : IBirdWatching
{
    public async Task SightedAsync(Sighting sighting)
    {
        session.Store(sighting with { Bird = sighting.Bird.Trim() });
        await session.SaveChangesAsync();
    }

    public async Task RingedAsync(Ringing ringing)
    {
        birds.Ringings.Add(ringing with { Ring = ringing.Ring.ToUpperInvariant() });
        await birds.SaveChangesAsync();
    }
}
