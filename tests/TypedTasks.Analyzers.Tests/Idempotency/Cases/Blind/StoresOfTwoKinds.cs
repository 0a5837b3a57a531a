// One store keeps its rows in a database, the other in memory; both are asked before anything is done.
using System.Collections.Concurrent;
using System.Net.Http;
using Microsoft.EntityFrameworkCore;

public sealed class HandledEvent
{
    public Guid Id { get; set; }
    public DateTimeOffset At { get; set; }
}

public sealed class HandledEventContext : DbContext
{
    public DbSet<HandledEvent> Events => Set<HandledEvent>();
}

public interface IHandledEvents
{
    Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken);

    Task AddAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken);
}

public sealed class EfHandledEvents(HandledEventContext database) : IHandledEvents
{
    public Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken) => database.Events.AnyAsync(one => one.Id == id, cancellationToken);

    public async Task AddAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        database.Events.Add(new HandledEvent { Id = id, At = at });
        await database.SaveChangesAsync(cancellationToken);
    }
}

public sealed class MemoryHandledEvents : IHandledEvents
{
    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _events = new();

    public Task<bool> ExistsAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(_events.ContainsKey(id));

    public Task AddAsync(Guid id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        _events[id] = at;
        return Task.CompletedTask;
    }
}

[TaskContract]
public interface IHandledHooks
{
    [Task, Idempotent]
    Task CallAsync(Guid hook, TaskContext context = null!);
}

public sealed class HandledHookWorker(IHandledEvents handled, HttpClient http) : IHandledHooks
{
    public async Task CallAsync(Guid hook, TaskContext context)
    {
        if (await handled.ExistsAsync(hook, context.CancellationToken))
        {
            return;
        }

        await http.PostAsync("/hooks", new StringContent($"{hook}"), context.CancellationToken);
        await handled.AddAsync(hook, context.EnqueuedAt, context.CancellationToken);
    }
}
