// A request manager that remembers the ids it has seen, around the command itself.
using Microsoft.EntityFrameworkCore;

public sealed class ClientRequest
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public DateTime Time { get; set; }
}

public sealed class BuyerOrder
{
    public int Id { get; set; }
    public string Buyer { get; set; } = "";
}

public sealed class RequestContext : DbContext
{
    public DbSet<ClientRequest> Requests => Set<ClientRequest>();
    public DbSet<BuyerOrder> Orders => Set<BuyerOrder>();
}

public sealed class RequestManager(RequestContext context)
{
    public async Task<bool> ExistAsync(Guid id) => await context.FindAsync<ClientRequest>(id) is not null;

    public async Task CreateAsync(Guid id, string name)
    {
        if (await ExistAsync(id))
        {
            throw new InvalidOperationException($"Request {id} exists");
        }

        context.Add(new ClientRequest { Id = id, Name = name, Time = DateTime.UtcNow });
        await context.SaveChangesAsync();
    }
}

[TaskContract]
public interface IBuyerOrders
{
    [Task, Idempotent]
    Task<bool> CreateAsync(Guid request, string buyer, CancellationToken cancellationToken = default);
}

public sealed class BuyerOrderWorker(RequestManager requests, RequestContext context) : IBuyerOrders
{
    public async Task<bool> CreateAsync(Guid request, string buyer, CancellationToken cancellationToken)
    {
        if (await requests.ExistAsync(request))
        {
            return true;
        }

        await requests.CreateAsync(request, nameof(CreateAsync));
        context.Orders.Add(new BuyerOrder { Buyer = buyer });
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
