// A saga whose steps call out; each step is taken from the state before it only.
using System.Net.Http;
using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;

public enum CruiseState
{
    New,
    CabinBooked,
    Paid,
}

public sealed class Cruise
{
    public Guid Id { get; set; }
    public CruiseState State { get; set; }
    public byte[] RowVersion { get; set; } = [];
}

public sealed class CruiseContext : DbContext
{
    public DbSet<Cruise> Cruises => Set<Cruise>();
}

public abstract class LookingSaga(CruiseContext cruises)
{
    protected async Task MoveAsync(Guid id, CruiseState from, CruiseState next, Func<Cruise, Task> step)
    {
        Cruise cruise = await cruises.Cruises.SingleAsync(one => one.Id == id);
        if (cruise.State != from)
        {
            return;
        }

        await step(cruise);
        cruise.State = next;
        await cruises.SaveChangesAsync();
    }
}

[TaskContract]
public interface ICruiseSaga
{
    [Task, Idempotent]
    Task BookCabinAsync(Guid cruise);

    [Task, Idempotent]
    Task PayAsync(Guid cruise);
}

public sealed class CruiseSaga(CruiseContext cruises, HttpClient http) : LookingSaga(cruises), ICruiseSaga
{
    public Task BookCabinAsync(Guid cruise) => MoveAsync(cruise, CruiseState.New, CruiseState.CabinBooked, found => PostAsync("cabins", found));

    public Task PayAsync(Guid cruise) => MoveAsync(cruise, CruiseState.CabinBooked, CruiseState.Paid, found => PostAsync("payments", found));

    private async Task PostAsync(string path, Cruise cruise) => (await http.PostAsJsonAsync(path, new { cruise.Id })).EnsureSuccessStatusCode();
}
