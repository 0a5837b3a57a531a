// Rows are made by factories: under the order's own key, and under one that the factory makes up.
using Microsoft.EntityFrameworkCore;

public sealed class Dispatch
{
    private Dispatch()
    {
    }

    public Guid Id { get; private init; }
    public Guid Order { get; private init; }

    public static Dispatch For(Guid order) => new() { Id = order, Order = order };

    public static Dispatch Create(Guid order) => new() { Id = Guid.NewGuid(), Order = order };
}

public sealed class DispatchContext : DbContext
{
    public DbSet<Dispatch> Dispatches => Set<Dispatch>();
}

[TaskContract]
public interface IDispatches
{
    [Task, Idempotent]
    Task CreateAsync(Guid order);

    [Task, Idempotent]
    Task CreateOnceAsync(Guid order);
}

public sealed class DispatchWorker(DispatchContext database) : IDispatches
{
    public async Task CreateAsync(Guid order)
    {
        {|TT418:database.Dispatches.Add(Dispatch.Create(order))|};
        await database.SaveChangesAsync();
    }

    public async Task CreateOnceAsync(Guid order)
    {
        if (!await database.Dispatches.AnyAsync(one => one.Order == order))
        {
            database.Dispatches.Add(Dispatch.For(order));
            await database.SaveChangesAsync();
        }
    }
}
