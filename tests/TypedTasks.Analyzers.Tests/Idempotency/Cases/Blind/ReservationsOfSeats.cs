// Seats are reserved by a conditional update, and by a count that is taken down.
using Microsoft.EntityFrameworkCore;

public sealed class Seat
{
    public int Id { get; set; }
    public Guid? ReservedBy { get; set; }
}

public sealed class Event
{
    public int Id { get; set; }
    public int SeatsLeft { get; set; }
}

public sealed class SeatContext : DbContext
{
    public DbSet<Seat> Seats => Set<Seat>();
    public DbSet<Event> Events => Set<Event>();
}

[TaskContract]
public interface ISeatReservations
{
    [Task, Idempotent]
    ValueTask<bool> ReserveAsync(int seat, Guid booking, CancellationToken cancellationToken = default);

    [Task, Idempotent]
    Task TakeAnyAsync(int show, CancellationToken cancellationToken = default);
}

public sealed class SeatReservationWorker(SeatContext context) : ISeatReservations
{
    public async ValueTask<bool> ReserveAsync(int seat, Guid booking, CancellationToken cancellationToken) =>
        await context.Seats
            .Where(one => one.Id == seat && (one.ReservedBy == null || one.ReservedBy == booking))
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.ReservedBy, booking), cancellationToken) > 0;

    public async Task TakeAnyAsync(int show, CancellationToken cancellationToken)
    {
        int changed = await {|TT412:context.Events
            .Where(one => one.Id == show && one.SeatsLeft > 0)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.SeatsLeft, one => one.SeatsLeft - 1), cancellationToken)|};
        if (changed == 0)
        {
            throw new InvalidOperationException("Sold out");
        }
    }
}
