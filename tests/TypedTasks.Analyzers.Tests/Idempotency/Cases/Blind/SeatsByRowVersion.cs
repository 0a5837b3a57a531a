// Seats are counted down; who has them is in a set of the event's own, and the version says who came first.
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

public sealed class Show
{
    public Guid Id { get; set; }
    public int Free { get; private set; }
    [Timestamp] public byte[] Version { get; set; } = [];
    public List<ShowSeat> Seats { get; } = [];

    public bool Take(Guid booking)
    {
        if (Seats.Any(seat => seat.Booking == booking))
        {
            return false;
        }

        Free--;
        Seats.Add(new ShowSeat { Booking = booking });
        return true;
    }
}

public sealed class ShowSeat
{
    public int Id { get; set; }
    public Guid Booking { get; set; }
}

public sealed class ShowContext : DbContext
{
    public DbSet<Show> Shows => Set<Show>();
}

[TaskContract]
public interface IShows
{
    [Task, Idempotent]
    Task TakeAsync(Guid show, Guid booking, CancellationToken cancellationToken = default);
}

public sealed class ShowWorker(ShowContext database) : IShows
{
    public async Task TakeAsync(Guid show, Guid booking, CancellationToken cancellationToken)
    {
        Show found = await database.Shows.Include(one => one.Seats).FirstAsync(one => one.Id == show, cancellationToken);
        if (found.Take(booking))
        {
            await database.SaveChangesAsync(cancellationToken);
        }
    }
}
