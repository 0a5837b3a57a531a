// Seats of a show are counted down in a row with a version, and the task gives up its try when somebody was faster.
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;

public sealed class TheatreShow
{
    public Guid Id { get; set; }
    public int SeatsLeft { get; set; }
    public bool SoldOut { get; set; }

    [Timestamp]
    public byte[] RowVersion { get; set; } = [];

    public void Take(int seats)
    {
        if (SeatsLeft < seats)
        {
            throw new InvalidOperationException("Too few seats are left.");
        }

        SeatsLeft -= seats;
        SoldOut = SeatsLeft == 0;
    }
}

public sealed class TheatreContext : DbContext
{
    public DbSet<TheatreShow> Shows => Set<TheatreShow>();
}

[TaskContract]
public interface ITheatreSeats
{
    [Task(RetryOn = [typeof(DbUpdateConcurrencyException)]), Idempotent]
    Task TakeAsync(Guid show, int seats, CancellationToken cancellationToken = default);
}

public sealed class TheatreSeatWorker(IDbContextFactory<TheatreContext> contexts) : ITheatreSeats
{
    public async Task TakeAsync(Guid show, int seats, CancellationToken cancellationToken)
    {
        await using TheatreContext context = await contexts.CreateDbContextAsync(cancellationToken);
        TheatreShow found = await context.Shows.SingleAsync(one => one.Id == show, cancellationToken);
        found.Take(seats);
        await context.SaveChangesAsync(cancellationToken);
    }
}
