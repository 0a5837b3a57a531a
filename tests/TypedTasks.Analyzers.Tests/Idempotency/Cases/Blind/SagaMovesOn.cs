// A saga whose steps call out; it notes where it is, and never looks.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public enum TripState
{
    New,
    CarBooked,
    Done,
}

public sealed class Trip
{
    public Guid Id { get; set; }
    public TripState State { get; set; }
}

public sealed class TripContext : DbContext
{
    public DbSet<Trip> Trips => Set<Trip>();
}

public abstract class Saga(TripContext trips)
{
    protected async Task MoveAsync(Guid id, TripState next, Func<Trip, Task> step)
    {
        Trip trip = await trips.Trips.SingleAsync(one => one.Id == id);
        await step(trip);
        trip.State = next;
        await trips.SaveChangesAsync();
    }
}

[TaskContract]
public interface ITripSaga
{
    [Task, Idempotent]
    Task BookCarAsync(Guid trip);
}

public sealed class TripSaga(TripContext trips, HttpClient http) : Saga(trips), ITripSaga
{
    public Task BookCarAsync(Guid trip) => MoveAsync(trip, TripState.CarBooked, async found => (await {|TT410:http.PostAsJsonAsync("cars", new { found.Id })|}).EnsureSuccessStatusCode());
}
