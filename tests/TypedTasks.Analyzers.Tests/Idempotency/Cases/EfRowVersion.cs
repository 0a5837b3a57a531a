using Microsoft.EntityFrameworkCore;

public sealed class Seat
{
    public Guid Id { get; set; }
    public int Free { get; set; }
    public byte[] RowVersion { get; set; } = [];
}

public sealed class Hall : DbContext
{
    public DbSet<Seat> Seats => Set<Seat>();
}

[TaskContract]
public interface ISeats
{
    [Task, Idempotent]
    Task TakeAsync(Guid seat);
}

public sealed class SeatWorker(Hall hall) : ISeats
{
    public async Task TakeAsync(Guid seat)
    {
        Seat found = await hall.Seats.SingleAsync(one => one.Id == seat);
        found.Free -= 1;
        await hall.SaveChangesAsync();
    }
}
