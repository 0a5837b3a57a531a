// A stale row is read again: what decides is the version, and the number is set, not added to.
using Microsoft.EntityFrameworkCore;

public sealed class SeatMap
{
    public Guid Id { get; set; }
    public int Free { get; set; }
    public byte[] RowVersion { get; set; } = [];
}

public sealed class SeatContext : DbContext
{
    public DbSet<SeatMap> Maps => Set<SeatMap>();
}

[TaskContract]
public interface ISeatMaps
{
    [Task, Idempotent]
    Task SetFreeAsync(Guid map, int free, CancellationToken cancellationToken = default);
}

public sealed class SeatMapWorker(SeatContext context) : ISeatMaps
{
    public async Task SetFreeAsync(Guid map, int free, CancellationToken cancellationToken)
    {
        SeatMap found = await context.Maps.SingleAsync(one => one.Id == map, cancellationToken);
        found.Free = free;
        try
        {
            await context.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException e)
        {
            throw new InvalidOperationException($"Map {map} was changed meanwhile", e);
        }
    }
}
